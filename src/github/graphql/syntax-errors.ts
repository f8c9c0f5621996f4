import { GraphQLError, getLocation, Lexer, parse, Source, type Token, TokenKind } from "graphql";

/** What graphql-ruby, which GitHub parses with, calls the tokens of graphql-js. */
const NAMES: Readonly<Record<string, string>> = {
  [TokenKind.BANG]: "BANG",
  [TokenKind.DOLLAR]: "VAR_SIGN",
  [TokenKind.AMP]: "AMP",
  [TokenKind.PAREN_L]: "LPAREN",
  [TokenKind.PAREN_R]: "RPAREN",
  [TokenKind.SPREAD]: "ELLIPSIS",
  [TokenKind.COLON]: "COLON",
  [TokenKind.EQUALS]: "EQUALS",
  [TokenKind.AT]: "DIR_SIGN",
  [TokenKind.BRACKET_L]: "LBRACKET",
  [TokenKind.BRACKET_R]: "RBRACKET",
  [TokenKind.BRACE_L]: "LCURLY",
  [TokenKind.PIPE]: "PIPE",
  [TokenKind.BRACE_R]: "RCURLY",
  [TokenKind.NAME]: "NAME",
  [TokenKind.INT]: "INT",
  [TokenKind.FLOAT]: "FLOAT",
  [TokenKind.STRING]: "STRING",
  [TokenKind.BLOCK_STRING]: "STRING",
};

/** Names that are tokens of their own to graphql-ruby. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...["on", "fragment", "true", "false", "null", "query", "mutation", "subscription", "schema"],
  ...["scalar", "type", "extend", "implements", "interface", "union", "enum", "input"],
  ...["directive", "repeatable"],
]);

const DEFINITIONS = "one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE";
const OPENING: ReadonlySet<string> = new Set(["{", "(", "["]);
const CLOSING: ReadonlySet<string> = new Set(["}", ")", "]"]);

/** A limit of ours, which graphql-js counts among the errors of syntax. */
const TOO_LONG = /Document contains more than/;

/** Stands for a character that no token begins with: graphql-js has no use for it in a query. */
const PLACEHOLDER = "&";

interface Before {
  /** The last token; undefined where there is none. */
  readonly last: Token | undefined;
  /** How many brackets of any kind are open. */
  readonly depth: number;
  /** The token at the end, or undefined for a character that begins none. */
  readonly next: Token | undefined;
}

/** The tokens before a position, and the one that is there. */
function tokensBefore(source: Source, position: number): Before {
  const lexer = new Lexer(source);
  let [last, depth]: [Token | undefined, number] = [undefined, 0];
  try {
    for (;;) {
      const next = lexer.advance();
      if (next.kind === TokenKind.EOF || next.start >= position) return { last, depth, next };
      if (OPENING.has(next.kind)) depth += 1;
      if (CLOSING.has(next.kind)) depth -= 1;
      last = next;
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { last, depth, next: undefined };
  }
}

/** `RCURLY ("}")`, as graphql-ruby shows what it met. */
function shown({ next }: Before, source: Source, position: number): string {
  if (next === undefined) return `UNKNOWN_CHAR (${JSON.stringify(source.body[position] ?? "")})`;
  if (next.kind === TokenKind.EOF) return '(none) ("")';
  const text = next.value ?? next.kind;
  const isName = next.kind === TokenKind.NAME;
  const keyword = KEYWORDS.has(text) ? text.toUpperCase() : "IDENTIFIER";
  return `${isName ? keyword : (NAMES[next.kind] ?? next.kind)} (${JSON.stringify(text)})`;
}

/** What graphql-js expected, in the words of graphql-ruby. */
function expected(message: string, { last, depth, next }: Before): string {
  const [, kind] = /Expected (?:"([^"]+)"|Name)/.exec(message) ?? [];
  if (kind !== undefined) return NAMES[kind] ?? kind.toUpperCase();
  if (message.includes("Expected Name")) {
    const isEmpty = last?.kind === TokenKind.PAREN_L && next?.kind === TokenKind.PAREN_R;
    return isEmpty ? "ARGUMENT_NAME" : "NAME";
  }
  return depth === 0 ? DEFINITIONS : "VALUE";
}

/** The error of graphql-js for a text up to a character that begins no token. */
function errorAtPlaceholder(source: Source, position: number, error: GraphQLError): GraphQLError {
  try {
    parse(source.body.slice(0, position) + PLACEHOLDER);
    return error;
  } catch (other) {
    if (other instanceof GraphQLError) return other;
    throw other;
  }
}

/**
 * A text that is no GraphQL, refused as GitHub does since 2024: one sentence with the place in it,
 * and no `locations`. Seen are `Expected NAME, actual: EQUALS ("=") at [4, 99]`, and for a text that
 * ends too early the place of its last token.
 */
export function toSyntaxError(text: string, error: GraphQLError): GraphQLError {
  const [position] = error.positions ?? [];
  const isSyntax = error.message.startsWith("Syntax Error: ") && !TOO_LONG.test(error.message);
  if (!isSyntax || position === undefined) return error;
  const source = new Source(text);
  const before = tokensBefore(source, position);
  const { last, next } = before;
  if (last === undefined && next?.kind === TokenKind.EOF) {
    return new GraphQLError("Unexpected end of document");
  }
  const { message } = next === undefined ? errorAtPlaceholder(source, position, error) : error;
  const place = next?.kind === TokenKind.EOF ? (last?.start ?? 0) : position;
  const { line, column } = getLocation(source, place);
  return new GraphQLError(
    `Expected ${expected(message, before)}, actual: ${shown(before, source, position)} ` +
      `at [${line}, ${column}]`,
  );
}
