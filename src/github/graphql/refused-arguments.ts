import {
  type ArgumentNode,
  type ASTNode,
  type FieldNode,
  getNamedType,
  isInputObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  print,
  type VariableDefinitionNode,
} from "graphql";
import type { NodeFacts } from "./node-facts.ts";

/** A refusal as GitHub writes it. Without a path it has that of its first node. */
export interface Refusal {
  readonly message: string;
  readonly extensions: Readonly<Record<string, string>>;
  readonly nodes?: readonly ASTNode[];
  readonly path?: readonly string[];
}

export interface Fault {
  /** The places that the rule names. */
  readonly nodes: readonly ASTNode[];
  /** The rule's own message, where a rule finds several things. */
  readonly message: string;
  readonly factsOf: (node: ASTNode) => NodeFacts;
}

export type Translate = (fault: Fault) => Refusal;

const operationName = (node: ASTNode | undefined): string => {
  const operation = node?.kind === Kind.OPERATION_DEFINITION ? node.operation : "query";
  return nameOf(node) || `anonymous ${operation}`;
};

const dimensions = (type: string): number => type.split("[").length - 1;

const bare = (type: string): string => type.replace(/[[\]!]/g, "");

export const nameOf = (node: ASTNode | undefined): string => {
  const name = node !== undefined && "name" in node ? node.name : undefined;
  return typeof name === "object" && "value" in name ? name.value : "";
};

/** The field or directive that an argument belongs to. */
function ownerOf(node: ASTNode, { factsOf }: Pick<Fault, "factsOf">) {
  const owner = factsOf(node).ancestors.findLast(
    ({ kind }) => kind === Kind.FIELD || kind === Kind.DIRECTIVE,
  );
  return {
    owner,
    kind: owner?.kind === Kind.DIRECTIVE ? "Directive" : "Field",
    name: nameOf(owner),
  };
}

export function unknownArgument(fault: Fault): Refusal {
  const argumentName = nameOf(fault.nodes[0]);
  const { kind, name } = ownerOf(fault.nodes[0] as ASTNode, fault);
  return {
    message: `${kind} '${name}' doesn't accept argument '${argumentName}'`,
    extensions: { code: "argumentNotAccepted", name, typeName: kind, argumentName },
  };
}

export function missingArguments({ nodes, factsOf }: Fault): Refusal {
  const node = nodes[0] as FieldNode;
  const given = new Set((node.arguments ?? []).map(nameOf));
  const required = factsOf(node).field?.args.filter(isRequiredArgument) ?? [];
  const missing = required.map(({ name }) => name).filter((name) => !given.has(name));
  const list = missing.join(", ");
  const [className, name] = [
    (node.kind as string) === Kind.DIRECTIVE ? "Directive" : "Field",
    nameOf(node),
  ];
  return {
    message: `${className} '${name}' is missing required arguments: ${list}`,
    extensions: { code: "missingRequiredArguments", className, name, arguments: list },
  };
}

/** A value that does not fit: what its input object lacks or does not know, or its argument. */
export function wrongValue(fault: Fault): Refusal {
  const { nodes, factsOf } = fault;
  const node = nodes[0] as ASTNode;
  const { ancestors, path, inputType } = factsOf(node);
  const inputObject = getNamedType(inputType);
  if (node.kind === Kind.OBJECT_FIELD) {
    const parent = ancestors.findLast((each) => each.kind === Kind.OBJECT);
    const typeName = getNamedType(parent && factsOf(parent).inputType)?.name ?? "";
    const argumentName = node.name.value;
    return {
      message: `InputObject '${typeName}' doesn't accept argument '${argumentName}'`,
      extensions: {
        ...{ code: "argumentNotAccepted", name: typeName },
        ...{ typeName: "InputObject", argumentName },
      },
    };
  }
  if (node.kind === Kind.OBJECT && isInputObjectType(inputObject)) {
    const given = new Set(node.fields.map(nameOf));
    const missing = Object.values(inputObject.getFields()).find(
      (field) => isRequiredInputField(field) && !given.has(field.name),
    );
    if (missing !== undefined) {
      const [argumentName, argumentType] = [missing.name, String(missing.type)];
      const inputObjectType = inputObject.name;
      return {
        message:
          `Argument '${argumentName}' on InputObject '${inputObjectType}' is required. ` +
          `Expected type ${argumentType}`,
        extensions: {
          ...{ code: "missingRequiredInputObjectAttribute", argumentName },
          ...{ argumentType, inputObjectType },
        },
        path: [...path, argumentName],
      };
    }
  }
  return unfitArgument(fault);
}

function unfitArgument({ nodes, factsOf }: Fault): Refusal {
  const node = nodes[0] as ASTNode;
  const { ancestors, inputType } = factsOf(node);
  const variable = ancestors.findLast((each) => each.kind === Kind.VARIABLE_DEFINITION);
  if (variable !== undefined) {
    const [variableName, typeName] = [
      nameOf((variable as VariableDefinitionNode).variable),
      String(inputType),
    ];
    return {
      message: `Default value for $${variableName} doesn't match type ${typeName}`,
      extensions: { code: "defaultValueInvalidType", variableName, typeName },
      nodes: [variable],
    };
  }
  const place = ancestors.findLast(
    (each) => each.kind === Kind.ARGUMENT || each.kind === Kind.OBJECT_FIELD,
  ) as ArgumentNode | undefined;
  const owner = place && factsOf(place).ancestors.at(-1);
  const isInput = owner?.kind === Kind.OBJECT;
  const typeName = isInput ? "InputObject" : owner?.kind === Kind.DIRECTIVE ? "Directive" : "Field";
  const ownerName = isInput ? getNamedType(factsOf(owner).inputType)?.name : nameOf(owner);
  const argumentName = nameOf(place);
  const value = place === undefined ? "" : print(place.value);
  return {
    message:
      `Argument '${argumentName}' on ${typeName} '${ownerName}' has an invalid value (${value}). ` +
      `Expected type '${String(place && factsOf(place.value).inputType)}'.`,
    extensions: { code: "argumentLiteralsIncompatible", typeName, argumentName },
    ...(owner === undefined ? {} : { nodes: [owner] }),
    ...(place === undefined ? {} : { path: factsOf(place).path }),
  };
}

export function undefinedVariable({ nodes }: Fault): Refusal {
  const variableName = nameOf(nodes[0]);
  const message = `Variable $${variableName} is used by ${operationName(nodes[1])} but not declared`;
  const extensions = { code: "variableNotDefined", variableName };
  return { message, extensions, nodes: nodes.slice(0, 1) };
}

export function unusedVariable({ nodes, factsOf }: Fault): Refusal {
  const node = nodes[0] as VariableDefinitionNode;
  const variableName = node.variable.name.value;
  const operation = factsOf(node).ancestors.at(-1);
  return {
    message: `Variable $${variableName} is declared by ${operationName(operation)} but not used`,
    extensions: { code: "variableNotUsed", variableName },
    ...(operation === undefined ? {} : { nodes: [operation] }),
  };
}

export function variableMismatch({ nodes, factsOf }: Fault): Refusal {
  const [definition, usage] = nodes as [VariableDefinitionNode, ASTNode];
  const place = factsOf(usage).ancestors.findLast(
    (each) => each.kind === Kind.ARGUMENT || each.kind === Kind.OBJECT_FIELD,
  );
  const [variableName, argumentName] = [definition.variable.name.value, nameOf(place)];
  const [typeName, expected] = [print(definition.type), String(factsOf(usage).inputType)];
  const errorMessage =
    bare(typeName) !== bare(expected)
      ? "Type mismatch"
      : dimensions(typeName) !== dimensions(expected)
        ? "List dimension mismatch"
        : "Nullability mismatch";
  const where = `variable $${variableName} and argument ${argumentName}`;
  return {
    message: `${errorMessage} on ${where} (${typeName} / ${expected})`,
    extensions: { code: "variableMismatch", variableName, typeName, argumentName, errorMessage },
    ...(place === undefined ? {} : { nodes: [place] }),
  };
}

export function noInputType({ nodes, factsOf }: Fault): Refusal {
  const variable = factsOf(nodes[0] as ASTNode).ancestors.findLast(
    (each) => each.kind === Kind.VARIABLE_DEFINITION,
  );
  const definition = (variable ?? nodes[0]) as VariableDefinitionNode;
  const typeName = bare(print(nodes[0] as ASTNode));
  const variableName = nameOf(definition.variable);
  return {
    message: `${typeName} isn't a valid input type (on $${variableName})`,
    extensions: { code: "variableRequiresValidType", typeName, variableName },
    nodes: [definition],
  };
}
