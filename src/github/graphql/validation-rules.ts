import {
  type FieldNode,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

/** What clients meet most, and recognise by the vendor's own words. */
const fieldsExist: ValidationRule = (context: ValidationContext) => ({
  Field(node: FieldNode) {
    const type = context.getParentType();
    if (!type || context.getFieldDef()) return;
    const [fieldName, typeName] = [node.name.value, type.name];
    const extensions = { code: "undefinedField", typeName, fieldName };
    const problem = `Field '${fieldName}' doesn't exist on type '${typeName}'`;
    context.reportError(new GraphQLError(problem, { nodes: node, extensions }));
  },
});

/** By which a document is judged before anything of it is carried out. */
export const rules: readonly ValidationRule[] = specifiedRules.map((rule) =>
  rule === FieldsOnCorrectTypeRule ? fieldsExist : rule,
);
