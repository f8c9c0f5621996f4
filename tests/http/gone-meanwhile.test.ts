// A user who is deleted between the look at a request and its write: nothing is kept for them, and
// their callers hear that they are not there.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import request from "supertest";
import type { User } from "../../src/domain/user.ts";
import { eq } from "../../src/storage/drizzle.ts";
import { withBrokenEngine } from "../support/break-engine.ts";
import { type World, world } from "../support/server.ts";

let here: World;
let root: User;
let mona: User;
beforeEach(async () => {
  here = await world();
  root = await here.user("root", { admin: true });
  mona = await here.user("mona");
});
afterEach(() => here.close());

/** Does work in which a user is deleted just before the first write. */
function deletedBeforeWrite<T>({ id }: User, work: () => PromiseLike<T>): Promise<T> {
  const { engine } = here.store;
  const { query, tables } = engine;
  const write = engine.transaction.bind(engine);
  let deletion: Promise<unknown> | undefined;
  const transaction = (async (...statements: Parameters<typeof write>) => {
    deletion ??= write(query.delete(tables.users).where(eq(tables.users.id, id)));
    await deletion;
    return write(...statements);
  }) as typeof write;
  return withBrokenEngine(engine, { transaction }, work);
}

const key = {
  title: "laptop",
  key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B",
};

describe("a user who is deleted meanwhile", () => {
  const OWN: readonly [method: "post" | "put", path: string, body: object][] = [
    ["post", "/api/v3/user/emails", { emails: ["more@example.test"] }],
    ["post", "/api/v3/user/keys", key],
    ["put", "/api/v3/user/blocks/root", {}],
    ["post", "/api/v4/user/emails", { email: "more@example.test" }],
    ["post", "/api/v4/user/keys", key],
    ["put", "/api/v4/user/status", { message: "here" }],
    [
      "put",
      "/api/v4/user/preferences",
      { view_diffs_file_by_file: true, show_whitespace_in_diffs: true },
    ],
    ["post", "/api/v4/user/personal_access_tokens", { name: "bot", scopes: ["k8s_proxy"] }],
    ["post", "/api/v4/user/runners", { runner_type: "instance_type" }],
  ];
  it.each(OWN)("is told by %s %s that they are not there", async (method, path, body) => {
    const token = await here.token(path.endsWith("runners") ? root : mona, "user", "api");
    const asks = (to: string) => request(here.url)[method](to).set("User-Agent", "test");
    // The first use of a token is a write of its own.
    await request(here.url).get("/api/v4/user").set("PRIVATE-TOKEN", token).expect(200);
    const answer = await deletedBeforeWrite(path.endsWith("runners") ? root : mona, () =>
      asks(path).set("Authorization", `Bearer ${token}`).send(body),
    );
    expect([answer.status, answer.text]).toEqual([404, expect.any(String)]);
  });

  const ROOTS: readonly [method: "post" | "put", path: string, body: object][] = [
    ["put", "custom_attributes/team", { value: "a" }],
    ["post", "impersonation_tokens", { name: "bot", scopes: ["api"] }],
    ["post", "personal_access_tokens", { name: "bot", scopes: ["api"] }],
    ["post", "keys", key],
    ["post", "emails", { email: "more@example.test" }],
  ];
  it.each(ROOTS)("is not there for an administrator's %s %s", async (method, path, body) => {
    const token = await here.token(root, "api");
    await request(here.url).get("/api/v4/user").set("PRIVATE-TOKEN", token).expect(200);
    const url = `/api/v4/users/${mona.id}/${path}`;
    const answer = await deletedBeforeWrite(mona, () =>
      request(here.url)[method](url).set("PRIVATE-TOKEN", token).send(body),
    );
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining("Not Found")]);
  });
});
