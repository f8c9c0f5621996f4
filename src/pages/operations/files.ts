import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import * as gpgKeys from "../../domain/keys/gpg-keys.ts";
import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { canSeeProfile } from "../../domain/users/access.ts";
import { findUserByUsername, findUserIdByUsername } from "../../domain/users/users.ts";
import { ASSET_HASHES } from "../../generated/page-asset-hashes.ts";
import { type AssetName, assetPath } from "../assets.ts";
import { prefersHtml } from "../http/choose-page.ts";
import type { PageHandler, PageReply } from "../http/context.ts";
import { errorPage } from "../views/errors.ts";
import { avatarPath } from "../views/users.ts";
import { showProfile } from "./profile.ts";

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};
const FOREVER = "public, max-age=31536000, immutable";
type Encoding = "br" | "gzip" | "identity";

/** Compressed texts by encoding and name, each made once. */
const compressed = new Map<string, Promise<Buffer>>();

function inEncoding(name: string, text: string, encoding: Encoding): Promise<Buffer> {
  const key = `${encoding} ${name}`;
  let made = compressed.get(key);
  if (made === undefined) {
    made = compress(Buffer.from(text), encoding);
    compressed.set(key, made);
  }
  return made;
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "identity") return bytes;
  if (encoding === "gzip") return promisify(gzip)(bytes, { level: 9 });
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

/** A file that pages load. Its address has its hash, so that it is kept for good. */
export const showAsset: PageHandler = async ({ path }, context): Promise<PageReply> => {
  const { name = "", hash = "" } = path;
  const known = (ASSET_HASHES as Readonly<Record<string, string>>)[name];
  if (known === undefined) return { html: errorPage(context, 404), status: 404 };
  if (known !== hash) return { redirect: assetPath(name as AssetName) };
  const { ASSETS } = await import("../../generated/page-assets.ts");
  const { req } = context.exchange;
  const encoding = (req.acceptsEncodings(["br", "gzip"]) || "identity") as Encoding;
  return {
    bytes: await inEncoding(name, ASSETS[name] ?? "", encoding),
    type: TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
    headers: [
      ...["Cache-Control", FOREVER],
      ...(encoding === "identity" ? [] : ["Content-Encoding", encoding]),
    ],
  };
};

const PLAIN = "text/plain; charset=utf-8";
/** Keys may be fetched by scripts of any page: they are public. */
const PUBLIC_FILE = ["Cache-Control", "public, max-age=60", "Access-Control-Allow-Origin", "*"];

/** `/mona.keys`, `/mona.gpg` and `/mona.png`, as both vendors have them. */
export const showUserFile: PageHandler = async (input, context): Promise<PageReply> => {
  const { username = "", ending = "" } = input.path;
  const { store, exchange } = context;
  // Usernames with this ending are reserved; older users may still have one.
  const whole = `${username}.${ending}`;
  if (prefersHtml(exchange.req.headers.accept) && (await findUserIdByUsername(store, whole))) {
    return showProfile({ ...input, path: { username: whole } }, context);
  }
  const user = await findUserByUsername(store, username);
  if (user === undefined || !canSeeProfile(context.viewer, user)) {
    return { bytes: "Not Found\n", type: PLAIN, status: 404 };
  }
  if (ending === "png") return { redirect: avatarPath(user, 210) };
  if (ending === "keys") {
    const keys = await sshKeys.listByUser(store, user.id);
    const now = store.clock();
    const lines = keys
      .filter(({ usageType, expiresAt }) => usageType !== "signing" && (expiresAt ?? now) >= now)
      .map(({ key }) => `${key}\n`);
    return { bytes: lines.join(""), type: PLAIN, headers: PUBLIC_FILE };
  }
  const keys = await gpgKeys.listByUser(store, user.id);
  return { bytes: keys.map(({ key }) => `${key}\n`).join("\n"), type: PLAIN, headers: PUBLIC_FILE };
};

export const showFavicon: PageHandler = () => ({ redirect: assetPath("icon.svg") });

export const showNotFound: PageHandler = (_input, context) => ({
  html: errorPage(context, 404),
  status: 404,
});
