import { notFound } from "../../domain/errors.ts";
import { codingHeaders } from "../../http/compressible-body.ts";
import { acceptedBy } from "../../http/content-coding.ts";
import { SerializedBody } from "../../http/handler.ts";
import { originOf } from "../../http/public-origin.ts";
import type { Encoding } from "../docs/script.ts";
import type { Context, Handler } from "../http/context.ts";

const HTML_TYPE = "text/html; charset=utf-8";
const SCRIPT_TYPE = "text/javascript; charset=utf-8";
// Caches ask each time whether it is still the same.
const ASK_AGAIN = ["Cache-Control", "no-cache"];
const FOREVER = ["Cache-Control", "public, max-age=31536000, immutable"];
const ENCODINGS: Encoding[] = ["br", "gzip", "identity"];

/** Pages of other origins may read documents: they are the same for all callers. */
const FOR_ALL = ["Access-Control-Allow-Origin", "*", "Access-Control-Expose-Headers", "ETag"];

const shown = <T>(text: Buffer | string, type?: string) =>
  new SerializedBody<T>(Buffer.from(text), [], type);

/** Absent where docs are switched off, as if they had never been there. */
async function docsOf({ docs }: Context) {
  if (docs === undefined) throw notFound("docs");
  return docs.open();
}

const originFor = ({ exchange, docs }: Context): string => originOf(exchange.req, docs?.publicUrl);

export const docs: Handler<"docs"> = async (_input, context) => {
  const shelf = await docsOf(context);
  const { text, tag } = await shelf.page();
  const policy = shelf.policyOf(originFor(context));
  const headers = ["Content-Security-Policy", policy, "Referrer-Policy", "no-referrer"];
  return { status: 200, tag, headers: [...headers, ...ASK_AGAIN], body: shown(text, HTML_TYPE) };
};

export const docsScript: Handler<"docsScript"> = async ({ path }, context) => {
  const script = await (await docsOf(context)).script();
  if (path.file !== `reference-${script.hash}.js`) throw notFound("script");
  const { req } = context.exchange;
  const encoding = req.acceptsEncodings(ENCODINGS) as Encoding | false;
  const encoded = encoding === false ? "identity" : encoding;
  return {
    status: 200,
    tag: `${script.hash}-${encoded}`,
    headers: [
      ...FOREVER,
      ...["Vary", "Accept-Encoding"],
      ...(encoded === "identity" ? [] : ["Content-Encoding", encoded]),
    ],
    ...lengthOf(script.length(encoded)),
    body: async () => new SerializedBody<string>(await script.in(encoded), [], SCRIPT_TYPE),
  };
};

const lengthOf = (length: number | undefined) => (length === undefined ? {} : { length });

export const openapi: Handler<"openapi"> = async ({ path }, context) => {
  const name = path.file.slice(0, -".json".length);
  const found = await (await docsOf(context)).document(name, originFor(context));
  if (found === undefined) throw notFound("document");
  const form = await found.body.formFor(acceptedBy(context.exchange.req));
  const { text, coding } = form;
  const tag = coding === undefined ? found.tag : `${found.tag}-${coding}`;
  const headers = [...ASK_AGAIN, ...FOR_ALL, "Vary", "Accept-Encoding", ...codingHeaders(form)];
  // The tag is a strong one, so each form has its own (RFC 9110, section 8.8.3.3).
  return { status: 200, tag, headers, body: shown(text) };
};
