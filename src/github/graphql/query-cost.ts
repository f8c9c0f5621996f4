import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { failure } from "./errors.ts";

const MOST_NODES = 500_000;
/** Values that an answer may have; it is put together in memory. */
const MOST_VALUES = 1_000_000;
/** The vendor counts a hundred lists that have to be read as one point. */
const LISTS_PER_POINT = 100;

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, { typeCondition: NamedType; selectionSet: SelectionSetNode }>;
interface NamedType {
  readonly name: { readonly value: string };
}

/** What a field asks of the caller's token. */
export interface Need {
  readonly field: FieldNode;
  readonly scopes: readonly string[];
  readonly permission: string | undefined;
}

/** What an operation may cost at most. */
export interface Cost {
  readonly nodes: number;
  readonly points: number;
}

/** A field with fields below it, as often as its list may have members. */
interface Branch {
  readonly name: string;
  readonly isConnection: boolean;
  readonly size: (variables: Variables) => number;
  readonly below: Branch[];
  values: number;
}

/** What can be known of an operation before it is carried out. */
interface Plan {
  readonly root: Branch;
  readonly needs: Need[];
}

/** Looks through an operation, which has to be a valid one. */
export function planOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): Plan {
  const needs: Need[] = [];
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue,
    ]),
  );
  const root: Branch = { name: "", isConnection: false, size: () => 1, below: [], values: 0 };

  function look(selected: SelectionSetNode, type: GraphQLCompositeType, branch: Branch): void {
    for (const each of selected.selections) {
      if (each.kind === Kind.FIELD) {
        lookAt(each, type, branch);
        continue;
      }
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : each;
      const named = fragment?.typeCondition?.name.value;
      const inner = named === undefined ? type : schema.getType(named);
      if (fragment !== undefined && isCompositeType(inner)) {
        look(fragment.selectionSet, inner, branch);
      }
    }
  }

  function lookAt(field: FieldNode, type: GraphQLCompositeType, branch: Branch): void {
    branch.values += 1;
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const definition = type.getFields()[field.name.value];
    if (definition === undefined) return;
    const { scopes, permission } = definition.extensions as Partial<Need>;
    if (scopes !== undefined) needs.push({ field, scopes, permission });
    const inner = getNamedType(definition.type);
    if (field.selectionSet === undefined || !isCompositeType(inner)) return;
    const below = branchOf(field, inner.name.endsWith("Connection"), defaults);
    branch.below.push(below);
    look(field.selectionSet, inner, below);
  }

  const type = schema.getRootType(operation.operation);
  if (type) look(operation.selectionSet, type, root);
  return { root, needs };
}

function branchOf(
  { name, arguments: given = [] }: FieldNode,
  isConnection: boolean,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): Branch {
  const sizes = given
    .filter((each) => /^(?:first|last|ids)$/.test(each.name.value))
    .map(({ value }) => value);
  const size = (variables: Variables) =>
    Math.max(1, ...sizes.map((value) => sizeOf(value, variables, defaults)));
  return {
    name: name.value,
    isConnection: isConnection && sizes.length > 0,
    size,
    below: [],
    values: 0,
  };
}

function sizeOf(
  value: ValueNode,
  variables: Variables,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): number {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values.length;
  if (value.kind !== Kind.VARIABLE) return 1;
  const given = variables[value.name.value];
  if (typeof given === "number") return given;
  if (Array.isArray(given)) return given.length;
  const usual = defaults.get(value.name.value);
  return given === undefined && usual !== undefined ? sizeOf(usual, variables, new Map()) : 1;
}

/** What the operation may cost with these variables. Throws where that is more than is allowed. */
export function costOf({ root }: Plan, variables: Variables): Cost {
  let [nodes, lists, values] = [0, 0, 0];
  function add(branch: Branch, parents: number): void {
    const count = parents * branch.size(variables);
    values += count * branch.values;
    if (branch.isConnection) {
      lists += parents;
      nodes += count;
      if (nodes > MOST_NODES) throw tooManyNodes(branch, nodes);
    }
    for (const each of branch.below) add(each, count);
  }
  add(root, 1);
  if (values > MOST_VALUES) {
    throw failure("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.");
  }
  return { nodes, points: Math.max(1, Math.round(lists / LISTS_PER_POINT)) };
}

function tooManyNodes({ name }: Branch, nodes: number) {
  const [asked, most] = [nodes, MOST_NODES].map((count) => count.toLocaleString("en-US"));
  return failure(
    "MAX_NODE_LIMIT_EXCEEDED",
    `By the time this query traverses to the ${name} connection, it is requesting up to ` +
      `${asked} possible nodes which exceeds the maximum limit of ${most}.`,
  );
}
