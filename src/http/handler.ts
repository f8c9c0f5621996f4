/** The parts of an operation's generated type that handlers are bound by. */
interface OperationType {
  parameters: { path?: unknown; query?: unknown };
  requestBody?: unknown;
  responses: unknown;
}

type Content<T> = T extends { content: infer C } ? C[keyof C] : never;
type Query<O> = O extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;
type Path<O> = O extends { parameters: { path: infer P } } ? P : Record<string, never>;
type RequestBody<O> = O extends { requestBody: infer B }
  ? Content<B>
  : O extends { requestBody?: infer B }
    ? Content<NonNullable<B>> | undefined
    : undefined;

/** What a request asks for, once it has been held against the document. */
interface Input<O> {
  path: Path<O>;
  query: Query<O>;
  body: RequestBody<O>;
}

/** A body that is already written out, in place of the value it stands for. */
export class SerializedBody<T> {
  /** Bytes, or a text of ASCII alone, which Node sends together with the headers. */
  readonly text: Buffer | string;
  /** Headers that go with it, a flat list of names and values. */
  readonly headers: readonly string[];
  /** Its media type, where that is not the usual one of the dialect. */
  readonly type: string | undefined;
  /** Never there; says of what the text is a writing. */
  declare readonly of?: T;

  constructor(text: Buffer | string, headers: readonly string[] = [], type?: string) {
    this.text = text;
    this.headers = headers;
    this.type = type;
  }
}

/** Any body, written out: a value as JSON. */
export const serialize = <T>(body: Body<T>): SerializedBody<T> =>
  body instanceof SerializedBody ? body : new SerializedBody(textOrBytes(JSON.stringify(body)));

/** A text of ASCII stays one, as node sends that together with the headers; of others the bytes. */
export const textOrBytes = (text: string): Buffer | string =>
  Buffer.byteLength(text) === text.length ? text : Buffer.from(text);

type Body<T> = T | SerializedBody<T>;

export interface Reply {
  readonly status: number;
  /** The value, its text, or a function that makes either when it is about to be sent. */
  readonly body?: unknown;
  /** Changes whenever the body would; without it the text of the body decides. */
  readonly tag?: string;
  /** Bytes of a body that a function makes, where they are known without making it. */
  readonly length?: number;
  /** Milliseconds since 1970. */
  readonly lastModified?: number;
  /** A flat list of names and values. */
  readonly headers?: readonly string[];
}

type Lazy<T> = Body<T> | (() => Promise<Body<T>> | Body<T>);

type ReplyOf<Status, Response> = [Content<Response>] extends [never]
  ? Omit<Reply, "status" | "body"> & { readonly status: Status; readonly body?: undefined }
  : Omit<Reply, "status" | "body"> & {
      readonly status: Status;
      readonly body: Lazy<Content<Response>>;
    };

type Success = 200 | 201 | 202 | 204;

/** The answers that a document allows an operation to give; errors are thrown instead. */
type Replies<O extends { responses: unknown }> = {
  [Status in keyof O["responses"] & Success]: ReplyOf<Status, O["responses"][Status]>;
}[keyof O["responses"] & Success];

export type Handler<O extends OperationType, Context> = (
  input: Input<O>,
  context: Context,
) => Replies<O> | Promise<Replies<O>>;

/** One handler for each operation of a document: a missing or a spare one does not compile. */
export type Handlers<Operations, Context> = {
  [Id in keyof Operations]: Operations[Id] extends OperationType
    ? Handler<Operations[Id], Context>
    : never;
};
