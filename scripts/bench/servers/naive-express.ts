import express, { type Request } from "express";
import * as OpenApiValidator from "express-openapi-validator";
import jwt from "jsonwebtoken";
import { document } from "../../../src/generated/github-document.ts";
import { simpleUser } from "../../../src/github/presenters/user.ts";
import { and, asc, eq, sql } from "../../../src/storage/drizzle.ts";
import { openFor, serve, task } from "../child.ts";

/** The obvious assembly of the same packages, kept to show why followd is not made so. */
const asked = task();
const store = openFor(asked);
const { query, tables } = store.engine;
const { users, follows } = tables;

const callerOf = (req: Request) => {
  const token = (req.headers.authorization ?? "").slice("token ".length);
  return Number(jwt.verify(token, Buffer.from(asked.secret, "hex")).sub);
};
const judge = (req: Request) => callerOf(req) > 0;

const app = express();
app.use(
  "/api/v3",
  OpenApiValidator.middleware({
    apiSpec: structuredClone({ ...document, servers: [{ url: "/api/v3" }] }) as never,
    validateRequests: { allowUnknownQueryParameters: true },
    validateSecurity: { handlers: { token: judge, permission: judge } },
  }) as never,
);
app.get("/api/v3/user/following/:username", async (req, res) => {
  const [found] = await query
    .select({ id: follows.followedId })
    .from(follows)
    .innerJoin(users, eq(users.id, follows.followedId))
    .where(
      and(
        eq(follows.followerId, callerOf(req)),
        eq(sql`lower(${users.username})`, req.params.username.toLowerCase()),
      ),
    );
  res.status(found === undefined ? 404 : 204).end();
});
app.get("/api/v3/users/:username/followers", async (req, res) => {
  const size = Number(req.query.per_page ?? 30);
  const [owner] = await query
    .select()
    .from(users)
    .where(eq(sql`lower(${users.username})`, req.params.username.toLowerCase()));
  const rows = await query
    .select()
    .from(follows)
    .innerJoin(users, eq(users.id, follows.followerId))
    .where(and(eq(follows.followedId, owner?.id ?? 0), eq(follows.hidden, 0)))
    .orderBy(asc(follows.seq))
    .limit(size)
    .offset((Number(req.query.page ?? 1) - 1) * size);
  const base = store.responses.base("github", `http://${req.headers.host}`, "/api/v3");
  res.json(rows.map((row) => simpleUser(row.users, base)));
});
serve(app);
