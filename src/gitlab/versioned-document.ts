import { type GitLabRelease, INPUT_SCHEMAS } from "./versions.ts";

interface Schema {
  properties?: Record<string, unknown>;
  required?: string[];
}
interface Operation {
  operationId: string;
  parameters?: { name?: string; $ref?: string }[];
  requestBody?: { content?: Record<string, { schema: Schema }> };
}
interface Document {
  info?: object;
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** A document less what a release does not have; the given one describes all releases together. */
export function documentOfGitLabRelease<T>(document: T, release: GitLabRelease): T {
  const { paths, components = {}, ...rest } = document as T & Document;
  const { schemas = {} } = components;
  return {
    ...rest,
    ...(rest.info === undefined ? {} : { info: { ...rest.info, version: release.text } }),
    paths: pathsFor(paths, release),
    components: {
      ...components,
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, schemaFor(name, schema, release)]),
      ),
    },
  } as T;
}

function pathsFor(paths: Document["paths"], release: GitLabRelease): Document["paths"] {
  const all = Object.entries(paths).map(([path, item]): [string, typeof item] => {
    const operations = Object.entries(item)
      .filter(([, { operationId }]) => release.hasOperation(operationId))
      .map(([method, operation]) => [method, operationFor(operation, release)]);
    return [path, Object.fromEntries(operations) as typeof item];
  });
  return Object.fromEntries(all.filter(([, item]) => Object.keys(item).length > 0));
}

function operationFor(operation: Operation, release: GitLabRelease): Operation {
  const { operationId, parameters, requestBody } = operation;
  const present = parameters?.filter(
    ({ name }) => name === undefined || release.hasParameter(operationId, name),
  );
  const input = INPUT_SCHEMAS[operationId];
  return {
    ...operation,
    ...(present === undefined ? {} : { parameters: present }),
    ...(input === undefined || requestBody?.content === undefined
      ? {}
      : {
          requestBody: { ...requestBody, content: contentFor(input, requestBody.content, release) },
        }),
  };
}

const contentFor = (
  input: string,
  content: Record<string, { schema: Schema }>,
  release: GitLabRelease,
) =>
  Object.fromEntries(
    Object.entries(content).map(([type, each]) => [
      type,
      { ...each, schema: schemaFor(input, each.schema, release) },
    ]),
  );

function schemaFor(schemaName: string, schema: Schema, release: GitLabRelease): Schema {
  const { properties, required } = schema;
  if (properties === undefined) return schema;
  const has = (name: string) => release.hasMember(schemaName, name);
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => has(name))),
    ...(required === undefined ? {} : { required: required.filter(has) }),
  };
}
