import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { specifiedRules } from "graphql";
import { REFUSALS } from "../../src/github/graphql/refusal-messages.ts";
import { client, type World, world } from "../support/server.ts";

interface Refused {
  message: string;
  extensions: Record<string, string>;
  path?: string[];
}

const said = (
  message: string,
  path: string[],
  code: string,
  more: Record<string, string> = {},
): Refused => ({ message, path, extensions: { code, ...more } });

const VIEWER = "{ viewer { login } }";

/** A document and what GitHub says of it: one for each rule, and for what a rule finds several of. */
const CASES: [query: string, refused: Refused][] = [
  [
    'query Q { user(login: "a") { nope } }',
    said(
      "Field 'nope' doesn't exist on type 'User'",
      ["query Q", "user", "nope"],
      "undefinedField",
      {
        ...{ typeName: "User", fieldName: "nope" },
      },
    ),
  ],
  [
    "query Q { user { login } }",
    said(
      "Field 'user' is missing required arguments: login",
      ["query Q", "user"],
      "missingRequiredArguments",
      {
        ...{ className: "Field", name: "user", arguments: "login" },
      },
    ),
  ],
  [
    "{ user(login: 5) { login } }",
    said(
      "Argument 'login' on Field 'user' has an invalid value (5). Expected type 'String!'.",
      ["query", "user", "login"],
      "argumentLiteralsIncompatible",
      { typeName: "Field", argumentName: "login" },
    ),
  ],
  [
    "mutation { followUser(input: {}) { clientMutationId } }",
    said(
      "Argument 'userId' on InputObject 'FollowUserInput' is required. Expected type ID!",
      ["mutation", "followUser", "input", "userId"],
      "missingRequiredInputObjectAttribute",
      { argumentName: "userId", argumentType: "ID!", inputObjectType: "FollowUserInput" },
    ),
  ],
  [
    'mutation { followUser(input: {userId: "x", extra: 1}) { clientMutationId } }',
    said(
      "InputObject 'FollowUserInput' doesn't accept argument 'extra'",
      ["mutation", "followUser", "input", "extra"],
      "argumentNotAccepted",
      { name: "FollowUserInput", typeName: "InputObject", argumentName: "extra" },
    ),
  ],
  [
    '{ v: user(login: "a", id: 1) { login } }',
    said("Field 'user' doesn't accept argument 'id'", ["query", "v", "id"], "argumentNotAccepted", {
      ...{ name: "user", typeName: "Field", argumentName: "id" },
    }),
  ],
  [
    "{ viewer { login { x } } }",
    said(
      "Selections can't be made on scalars (field 'login' returns String but has selections [\"x\"])",
      ["query", "viewer", "login"],
      "selectionMismatch",
      { nodeName: "field 'login'", typeName: "String" },
    ),
  ],
  [
    "{ viewer }",
    said(
      "Field must have selections (field 'viewer' returns User but has no selections. Did you mean 'viewer { ... }'?)",
      ["query", "viewer"],
      "selectionMismatch",
      { nodeName: "field 'viewer'", typeName: "User" },
    ),
  ],
  [
    "query Q($n: String) { viewer { login } }",
    said("Variable $n is declared by Q but not used", ["query Q"], "variableNotUsed", {
      variableName: "n",
    }),
  ],
  [
    "{ user(login: $n) { login } }",
    said(
      "Variable $n is used by anonymous query but not declared",
      ["query", "user", "login"],
      "variableNotDefined",
      { variableName: "n" },
    ),
  ],
  [
    "query Q($n: Int!) { user(login: $n) { login } }",
    said(
      "Type mismatch on variable $n and argument login (Int! / String!)",
      ["query Q", "user", "login"],
      "variableMismatch",
      { variableName: "n", typeName: "Int!", argumentName: "login", errorMessage: "Type mismatch" },
    ),
  ],
  [
    "query Q($n: String) { user(login: $n) { login } }",
    said(
      "Nullability mismatch on variable $n and argument login (String / String!)",
      ["query Q", "user", "login"],
      "variableMismatch",
      {
        variableName: "n",
        typeName: "String",
        argumentName: "login",
        errorMessage: "Nullability mismatch",
      },
    ),
  ],
  [
    'query Q($n: Int = "x") { viewer { followers(first: $n) { totalCount } } }',
    said("Default value for $n doesn't match type Int", ["query Q"], "defaultValueInvalidType", {
      ...{ variableName: "n", typeName: "Int" },
    }),
  ],
  [
    "query Q($n: Nope) { viewer { login } user(login: $n) { login } }",
    said("Nope isn't a defined input type (on $n)", ["query Q"], "variableRequiresValidType", {
      ...{ typeName: "Nope", variableName: "n" },
    }),
  ],
  [
    "query Q($n: User) { user(login: $n) { login } }",
    said("User isn't a valid input type (on $n)", ["query Q"], "variableRequiresValidType", {
      ...{ typeName: "User", variableName: "n" },
    }),
  ],
  [
    "query Q($n: Int, $n: Int) { viewer { followers(first: $n) { totalCount } } }",
    said('There can only be one variable named "n"', ["query Q"], "variableNotUnique", {
      variableName: "n",
    }),
  ],
  [
    "{ viewer { ... on Nope { login } } }",
    said(
      "No such type Nope, so it can't be a fragment condition",
      ["query", "viewer", "... on Nope"],
      "undefinedType",
      { typeName: "Nope" },
    ),
  ],
  [
    "{ viewer { ...F } }",
    said(
      "Fragment F was used, but not defined",
      ["query", "viewer", "... F"],
      "useAndDefineFragment",
      {
        fragmentName: "F",
      },
    ),
  ],
  [
    `${VIEWER} fragment F on User { login }`,
    said("Fragment F was defined, but not used", ["fragment F"], "useAndDefineFragment", {
      fragmentName: "F",
    }),
  ],
  [
    "{ viewer { ...F } } fragment F on User { ...F }",
    said("Fragment F contains an infinite loop", ["fragment F", "... F"], "infiniteLoop", {
      fragmentName: "F",
    }),
  ],
  [
    "{ viewer { ...F } } fragment F on User { login } fragment F on User { name }",
    said('Fragment name "F" must be unique', ["fragment F"], "fragmentNotUnique", {
      fragmentName: "F",
    }),
  ],
  [
    "{ viewer { ...F } } fragment F on RateLimit { cost }",
    said(
      "Fragment F on RateLimit can't be spread inside User",
      ["query", "viewer", "... F"],
      "cannotSpreadFragment",
      { typeName: "RateLimit", fragmentName: "F", parentName: "User" },
    ),
  ],
  [
    "{ viewer { ...F } } fragment F on String { x }",
    said(
      "Invalid fragment on type String (must be Union, Interface or Object)",
      ["fragment F"],
      "fragmentOnNonCompositeType",
      { typeName: "String" },
    ),
  ],
  [
    `query Q ${VIEWER} query Q ${VIEWER}`,
    said('Operation name "Q" must be unique', ["query Q"], "uniquelyNamedOperations", {
      operationName: "Q",
    }),
  ],
  [
    `${VIEWER} query Q ${VIEWER}`,
    said(
      "Operation name is required when multiple operations are present",
      ["query"],
      "uniquelyNamedOperations",
    ),
  ],
  [
    '{ user(login: "a", login: "b") { login } }',
    said(
      'There can be only one argument named "login"',
      ["query", "user", "login"],
      "argumentNotUnique",
      {
        name: "login",
      },
    ),
  ],
  [
    'mutation { followUser(input: {userId: "a", userId: "b"}) { clientMutationId } }',
    said(
      'There can be only one input field named "userId"',
      ["mutation", "followUser", "input", "userId"],
      "inputFieldNotUnique",
      { name: "userId" },
    ),
  ],
  [
    "{ viewer { login @nope } }",
    said("Directive @nope is not defined", ["query", "viewer", "login"], "undefinedDirective", {
      directiveName: "nope",
    }),
  ],
  [
    `query Q @skip(if: true) ${VIEWER}`,
    said("'@skip' can't be applied to queries", ["query Q"], "directiveCannotBeApplied", {
      ...{ targetName: "queries", name: "skip" },
    }),
  ],
  [
    "{ viewer { login @skip(if: true) @skip(if: true) } }",
    said(
      'The directive "skip" can only be used once at this location.',
      ["query", "viewer", "login"],
      "directiveNotUniqueForLocation",
      { directiveName: "skip" },
    ),
  ],
  [
    "{ viewer { x: login x: name } }",
    said("Field 'x' has a field conflict: login or name?", [], "fieldConflict", {
      ...{ fieldName: "x", conflicts: "login or name" },
    }),
  ],
  [
    "subscription { x }",
    said(
      "Schema is not configured for subscriptions",
      ["subscription"],
      "missingSubscriptionConfiguration",
    ),
  ],
  [
    `${VIEWER} type X { a: Int }`,
    said("Query cannot contain schema definitions", [], "queryContainsSchemaDefinitions"),
  ],
];

describe("what GraphQL refuses, in GitHub's words", () => {
  let server: World;
  let ask: (query: string, variables?: object) => Promise<{ data?: unknown; errors: Refused[] }>;

  beforeAll(async () => {
    server = await world();
    const token = await server.token(await server.user("alice"), "user");
    ask = async (query, variables = {}) =>
      (
        await client({ url: `${server.url}/api` }, token)
          .post("/graphql")
          .send({ query, variables, ...(query.includes("query Q") ? { operationName: "Q" } : {}) })
          .expect(200)
      ).body;
  });
  afterAll(() => server.close());

  it("brackets within brackets are the caller's fault, and no line in the log", async () => {
    const before = server.log.length;
    const depth = 3000;
    const queries = [
      `{ viewer ${"{ a ".repeat(depth)}${"}".repeat(depth)} }`,
      `{ user(login: ${"[".repeat(depth)}${"]".repeat(depth)}) { login } }`,
      `{ user(login: ${"{ a: ".repeat(depth)}1${"}".repeat(depth)}) { login } }`,
      `query Q($a: ${"[".repeat(depth)}Int${"]".repeat(depth)}) { viewer { login } }`,
    ];
    for (const query of queries) {
      const { errors } = await ask(query);
      expect(errors).toHaveLength(1);
      expect(errors[0]?.message).not.toContain("stack");
    }
    const lines = server.log.slice(before).map((line) => JSON.parse(line) as { level: number });
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  });

  it("is in one table, which has a line for each rule that can refuse something here", () => {
    const without = specifiedRules.filter((rule) => !REFUSALS.has(rule));
    // These judge directives that the schema does not have.
    expect(without.map(({ name }) => name).filter((name) => !/Stream/.test(name))).toEqual([
      "MaxIntrospectionDepthRule",
    ]);
  });

  it.each(CASES)("is %s", async (query, { message, extensions, path }) => {
    const { errors, data } = await ask(query);
    expect(data).toBeUndefined();
    const found = errors.find((each) => each.message === message);
    expect({ all: errors.map((each) => each.message), found }).toMatchObject({
      found: { message, extensions, ...(path?.length === 0 ? {} : { path }) },
    });
    expect(Object.keys(found?.extensions ?? {})).toEqual(Object.keys(extensions));
    expect(JSON.stringify(errors)).not.toContain("http");
  });

  it("writes path, extensions, locations and message, in this order", async () => {
    const { errors } = await ask("{ viewer { nope } }");
    expect(Object.keys(errors[0] ?? {})).toEqual(["path", "extensions", "locations", "message"]);
  });

  it("names all arguments that a field lacks at once", async () => {
    const { errors } = await ask("{ user { login } node { id } }");
    expect(errors.map(({ message }) => message)).toEqual([
      "Field 'user' is missing required arguments: login",
      "Field 'node' is missing required arguments: id",
    ]);
  });

  it("tells of variables what was provided", async () => {
    const query = "query Q($n: String!) { user(login: $n) { login } }";
    const { errors } = await ask(query, { n: null });
    expect(errors).toMatchObject([
      {
        message: "Variable $n of type String! was provided invalid value",
        extensions: {
          value: null,
          problems: [{ path: [], explanation: "Expected value to not be null" }],
        },
      },
    ]);
  });

  // Words and places as github.com has printed them since 2024 (gh's output, clients' reports).
  it.each<[query: string, message: string]>([
    ["", "A query attribute must be specified and must be a string."],
    ["# nothing", "Unexpected end of document"],
    ["{ items { id, name }", 'Expected NAME, actual: (none) ("") at [1, 20]'],
    ["query Q { card(id: 1) { name }", 'Expected NAME, actual: (none) ("") at [1, 30]'],
    [
      "{ viewer { login } } }",
      'Expected one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE, actual: RCURLY ("}") ' +
        "at [1, 22]",
    ],
    [
      "@file",
      'Expected one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE, actual: DIR_SIGN ("@") ' +
        "at [1, 1]",
    ],
    [
      "viewer { login }",
      "Expected one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE, " +
        'actual: IDENTIFIER ("viewer") at [1, 1]',
    ],
    ["{\n  viewer = { login }\n}", 'Expected NAME, actual: EQUALS ("=") at [2, 10]'],
    ['{ user("login": 1) { id } }', 'Expected NAME, actual: STRING ("login") at [1, 8]'],
    ["{ user(login: ) { id } }", 'Expected VALUE, actual: RPAREN (")") at [1, 15]'],
    ["{ viewer() { id } }", 'Expected ARGUMENT_NAME, actual: RPAREN (")") at [1, 10]'],
    ["{ user(login) { id } }", 'Expected COLON, actual: RPAREN (")") at [1, 13]'],
    ["query Q x { id }", 'Expected LCURLY, actual: IDENTIFIER ("x") at [1, 9]'],
    ["{ viewer { // login\n } }", 'Expected NAME, actual: UNKNOWN_CHAR ("/") at [1, 12]'],
    ["{ viewer { id : } }", 'Expected NAME, actual: RCURLY ("}") at [1, 17]'],
  ])("says of %j, which is no GraphQL, %j", async (query, message) => {
    expect(await ask(query)).toEqual({ errors: [{ message }] });
  });
});
