import * as rules from "graphql";
import {
  type ASTNode,
  type FieldNode,
  getNamedType,
  isLeafType,
  Kind,
  print,
  type ValidationRule,
  type VariableDefinitionNode,
} from "graphql";
import {
  type Fault,
  missingArguments,
  nameOf,
  noInputType,
  type Refusal,
  type Translate,
  undefinedVariable,
  unknownArgument,
  unusedVariable,
  variableMismatch,
  wrongValue,
} from "./refused-arguments.ts";

/** A refusal that only repeats the name of its first node. */
const named =
  (code: string, member: string, sentence: (name: string) => string): Translate =>
  ({ nodes }) => {
    const name = nodes[0]?.kind === Kind.NAME ? nodes[0].value : nameOf(nodes[0]);
    return { message: sentence(name), extensions: { code, [member]: name } };
  };

/** `field 'login'`, as GitHub names the node in a selection mismatch. */
function selectionMismatch({ nodes, factsOf }: Fault): Refusal {
  const [first] = nodes as [ASTNode];
  // The rule names the selections where there are some, and the field where there are none.
  const node = (
    first.kind === Kind.SELECTION_SET ? factsOf(first).ancestors.at(-1) : first
  ) as FieldNode;
  const type = getNamedType(factsOf(node).type);
  const nodeName = `field '${node.name.value}'`;
  const typeName = type?.name ?? "";
  const extensions = { code: "selectionMismatch", nodeName, typeName };
  if (type === undefined || !isLeafType(type)) {
    const hint = `Did you mean '${node.name.value} { ... }'?`;
    const problem = `${nodeName} returns ${typeName} but has no selections. ${hint}`;
    return { message: `Field must have selections (${problem})`, extensions };
  }
  const selections = (node.selectionSet?.selections ?? []).map((each) =>
    each.kind === Kind.INLINE_FRAGMENT
      ? `"... on ${each.typeCondition?.name.value ?? ""} { ... }"`
      : `"${each.name.value}"`,
  );
  const problem = `${nodeName} returns ${typeName} but has selections [${selections.join(", ")}]`;
  const kind = "getValues" in type ? "enums" : "scalars";
  const message = `Selections can't be made on ${kind} (${problem})`;
  return { message, extensions, nodes: [node] };
}

function unknownType({ nodes, factsOf }: Fault): Refusal {
  const typeName = nameOf(nodes[0]);
  const around = factsOf(nodes[0] as ASTNode).ancestors;
  const variable = around.findLast((each) => each.kind === Kind.VARIABLE_DEFINITION);
  if (variable !== undefined) {
    const variableName = nameOf((variable as VariableDefinitionNode).variable);
    return {
      message: `${typeName} isn't a defined input type (on $${variableName})`,
      extensions: { code: "variableRequiresValidType", typeName, variableName },
      nodes: [variable],
    };
  }
  const fragment = around.at(-1);
  return {
    message: `No such type ${typeName}, so it can't be a fragment condition`,
    extensions: { code: "undefinedType", typeName },
    ...(fragment === undefined ? {} : { nodes: [fragment] }),
  };
}

function impossibleSpread({ nodes, factsOf, message }: Fault): Refusal {
  const node = nodes[0] as ASTNode;
  const [, parentName = "", typeName = ""] =
    /type "([^"]+)" can never be of type "([^"]+)"/.exec(message) ?? [];
  const fragmentName = node.kind === Kind.FRAGMENT_SPREAD ? nameOf(node) : "unknown";
  const name = fragmentName === "unknown" ? "" : ` ${fragmentName}`;
  return {
    message: `Fragment${name} on ${typeName} can't be spread inside ${parentName}`,
    extensions: { code: "cannotSpreadFragment", typeName, fragmentName, parentName },
    path: factsOf(node).path,
  };
}

const PLACES: Readonly<Record<string, string>> = {
  QUERY: "queries",
  MUTATION: "mutations",
  SUBSCRIPTION: "subscriptions",
  FIELD: "fields",
  FRAGMENT_DEFINITION: "fragment definitions",
  FRAGMENT_SPREAD: "fragment spreads",
  INLINE_FRAGMENT: "inline fragments",
  VARIABLE_DEFINITION: "variable definitions",
};

function wrongDirective({ nodes, message }: Fault): Refusal {
  const name = nameOf(nodes[0]);
  const [, place = ""] = /may not be used on ([A-Z_]+)/.exec(message) ?? [];
  if (place === "") {
    const extensions = { code: "undefinedDirective", directiveName: name };
    return { message: `Directive @${name} is not defined`, extensions };
  }
  const targetName = PLACES[place] ?? place.toLowerCase();
  return {
    message: `'@${name}' can't be applied to ${targetName}`,
    extensions: { code: "directiveCannotBeApplied", targetName, name },
  };
}

function fieldConflict({ nodes }: Fault): Refusal {
  const fields = nodes.filter((each): each is FieldNode => each.kind === Kind.FIELD);
  const fieldName = fields[0]?.alias?.value ?? nameOf(fields[0]);
  const names = [...new Set(fields.map((each) => each.name.value))];
  const isField = names.length > 1;
  const given = fields.map(
    (each) =>
      `{${(each.arguments ?? []).map(({ name, value }) => `${name.value}:"${print(value).replaceAll('"', '\\"')}"`).join(",")}}`,
  );
  const conflicts = (isField ? names : given).join(" or ");
  const kind = isField ? "a field" : "an argument";
  return {
    message: `Field '${fieldName}' has ${kind} conflict: ${conflicts}?`,
    extensions: { code: "fieldConflict", fieldName, conflicts },
    path: [],
  };
}

const fixed =
  (code: string, message: string): Translate =>
  () => ({ message, extensions: { code } });

/** GitHub's words for what each rule of graphql-js refuses (graphql-ruby's static validation). */
export const REFUSALS: ReadonlyMap<ValidationRule, Translate> = new Map<ValidationRule, Translate>([
  [
    rules.ExecutableDefinitionsRule,
    fixed("queryContainsSchemaDefinitions", "Query cannot contain schema definitions"),
  ],
  [
    rules.KnownOperationTypesRule,
    fixed("missingSubscriptionConfiguration", "Schema is not configured for subscriptions"),
  ],
  [
    rules.SingleFieldSubscriptionsRule,
    fixed("notSingleSubscription", "A subscription operation may only have one selection"),
  ],
  [
    rules.LoneAnonymousOperationRule,
    fixed(
      "uniquelyNamedOperations",
      "Operation name is required when multiple operations are present",
    ),
  ],
  [
    rules.UniqueOperationNamesRule,
    named(
      "uniquelyNamedOperations",
      "operationName",
      (name) => `Operation name "${name}" must be unique`,
    ),
  ],
  [rules.KnownTypeNamesRule, unknownType],
  [
    rules.FragmentsOnCompositeTypesRule,
    named(
      "fragmentOnNonCompositeType",
      "typeName",
      (name) => `Invalid fragment on type ${name} (must be Union, Interface or Object)`,
    ),
  ],
  [rules.VariablesAreInputTypesRule, noInputType],
  [rules.ScalarLeafsRule, selectionMismatch],
  [
    rules.FieldsOnCorrectTypeRule,
    ({ nodes, factsOf }) => {
      const fieldName = nameOf(nodes[0]);
      const typeName = factsOf(nodes[0] as ASTNode).parentType?.name ?? "";
      return {
        message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
        extensions: { code: "undefinedField", typeName, fieldName },
      };
    },
  ],
  [
    rules.UniqueFragmentNamesRule,
    named("fragmentNotUnique", "fragmentName", (name) => `Fragment name "${name}" must be unique`),
  ],
  [
    rules.KnownFragmentNamesRule,
    named(
      "useAndDefineFragment",
      "fragmentName",
      (name) => `Fragment ${name} was used, but not defined`,
    ),
  ],
  [
    rules.NoUnusedFragmentsRule,
    named(
      "useAndDefineFragment",
      "fragmentName",
      (name) => `Fragment ${name} was defined, but not used`,
    ),
  ],
  [rules.PossibleFragmentSpreadsRule, impossibleSpread],
  [
    rules.NoFragmentCyclesRule,
    named("infiniteLoop", "fragmentName", (name) => `Fragment ${name} contains an infinite loop`),
  ],
  [
    rules.UniqueVariableNamesRule,
    named(
      "variableNotUnique",
      "variableName",
      (name) => `There can only be one variable named "${name}"`,
    ),
  ],
  [rules.NoUndefinedVariablesRule, undefinedVariable],
  [rules.NoUnusedVariablesRule, unusedVariable],
  [rules.KnownDirectivesRule, wrongDirective],
  [
    rules.UniqueDirectivesPerLocationRule,
    named(
      "directiveNotUniqueForLocation",
      "directiveName",
      (name) => `The directive "${name}" can only be used once at this location.`,
    ),
  ],
  [rules.KnownArgumentNamesRule, unknownArgument],
  [
    rules.UniqueArgumentNamesRule,
    named("argumentNotUnique", "name", (name) => `There can be only one argument named "${name}"`),
  ],
  [rules.ValuesOfCorrectTypeRule, wrongValue],
  [rules.ProvidedRequiredArgumentsRule, missingArguments],
  [rules.VariablesInAllowedPositionRule, variableMismatch],
  [rules.OverlappingFieldsCanBeMergedRule, fieldConflict],
  [
    rules.UniqueInputFieldNamesRule,
    named(
      "inputFieldNotUnique",
      "name",
      (name) => `There can be only one input field named "${name}"`,
    ),
  ],
]);
