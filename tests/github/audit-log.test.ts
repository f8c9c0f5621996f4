import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import { insertRows } from "../support/raw.ts";
import { bases, notFound, refusal, stage } from "../support/stage.ts";

/** Expected values: docs.github.com, "REST API endpoints for enterprise audit logs". */
const DOCS = "enterprise-admin/audit-log#get-the-audit-log-for-an-enterprise";
const LOG = "/enterprises/octo-corp/audit-log";
const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(bases)("the audit log below %j", (base) => {
  const here = stage(base);
  let root: Awaited<ReturnType<typeof here.as>>;
  let admin: User;
  let una: User;

  beforeEach(async () => {
    admin = await here.user("root", { admin: true });
    una = await here.user("una");
    root = await here.as(admin, "read:audit_log", "site_admin");
    const { engine } = here.store;
    await engine.transaction(engine.query.delete(engine.tables.auditEvents));
  });

  /** So many entries, one for each of the last days; the first one is the oldest. */
  async function entries(count: number, more: object = {}) {
    const now = here.store.clock();
    const rows = Array.from({ length: count }, (_, place) => ({
      ...{ action: "user.suspend", actorId: admin.id, actorUsername: "root", userId: una.id },
      ...{ username: "una", targetName: String(place), createdAt: now - (count - place) * DAY_MS },
      ...more,
    }));
    const { engine } = here.store;
    await insertRows(engine, engine.tables.auditEvents, rows);
  }
  const namesOf = ({ body }: { body: { name: string }[] }) => body.map(({ name }) => name).join("");
  const found = async (query: string) => namesOf(await root.get(`${LOG}?${query}`).expect(200));

  describe("GET /enterprises/{enterprise}/audit-log", () => {
    it("is for administrators whose token may read it", async () => {
      expect((await here.anyone.get(LOG).expect(401)).body).toEqual(
        refusal(401, "Requires authentication", DOCS),
      );
      const user = await here.as(una, "read:audit_log", "admin:enterprise", "site_admin");
      expect((await user.get(LOG).expect(404)).body).toEqual(notFound(DOCS));
      await (await here.as(admin, "user", "repo")).get(LOG).expect(404);
      await (await here.asFineGrained(admin, "profile:write")).get(LOG).expect(403);
      for (const scope of ["admin:enterprise", "read:audit_log", "audit_log", "site_admin"]) {
        await (await here.as(admin, scope)).get(LOG).expect(200);
      }
    });

    it("has a member for each thing that is known", async () => {
      await root.put("/users/una/suspended").send({ reason: "spam" }).expect(204);
      const { body } = await root.get(LOG).expect(200);
      expect(body).toEqual([
        {
          "@timestamp": expect.any(Number),
          _document_id: expect.stringMatching(/^[\w-]{22}$/),
          action: "user.suspend",
          actor: "root",
          actor_id: admin.id,
          actor_ip: expect.stringContaining("127.0.0.1"),
          business: "octo-corp",
          business_id: 1,
          created_at: body[0]["@timestamp"],
          data: { to: "blocked", reason: "spam", via: "github" },
          operation_type: "modify",
          request_id: expect.any(String),
          token_id: expect.any(Number),
          user: "una",
          user_id: una.id,
        },
      ]);
    });

    it("is in the order that is asked for, the newest first", async () => {
      await entries(3);
      expect(await found("")).toBe("210");
      expect(await found("order=asc")).toBe("012");
      await root.get(`${LOG}?order=up`).expect(422);
    });

    it.each([
      ["", "43210"],
      ["order=asc", "01234"],
    ])("goes on by cursors, there and back (%s)", async (query, all) => {
      await entries(5);
      const forth: string[] = [];
      const back: string[] = [];
      const linkOf = ({ headers }: { headers: Record<string, string> }, rel: string) =>
        new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.link ?? "")?.[1]?.slice(here.api.length);
      let answer = await root.get(`${LOG}?per_page=2&${query}`).expect(200);
      for (;;) {
        forth.push(namesOf(answer));
        const next = linkOf(answer, "next");
        if (next === undefined) break;
        expect(forth.length).toBeLessThan(4);
        answer = await root.get(next).expect(200);
      }
      for (;;) {
        back.unshift(namesOf(answer));
        const previous = linkOf(answer, "prev");
        if (previous === undefined) break;
        expect(back.length).toBeLessThan(4);
        answer = await root.get(previous).expect(200);
      }
      expect(forth.join("")).toBe(all);
      // Going back, pages of two end in front of the last one.
      expect(back.join("")).toBe(all);
      expect(linkOf(answer, "next")).toContain("per_page=2");
    });

    it("takes pages by number, and refuses cursors that it did not make", async () => {
      await entries(5);
      expect(await found("per_page=2&page=2")).toBe("21");
      for (const name of ["after", "before"]) {
        const { body } = await root.get(`${LOG}?${name}=bm9uc2Vuc2U`).expect(422);
        expect(body.errors).toEqual([{ resource: "AuditLog", field: name, code: "invalid" }]);
      }
    });

    it("has no Git events", async () => {
      await entries(1);
      expect(await found("include=git")).toBe("");
      expect(await found("include=all")).toBe("0");
      expect(await found("include=web")).toBe("0");
    });

    it("finds by a phrase", async () => {
      await entries(1);
      await entries(1, { targetName: "1", action: "public_key.create", ipAddress: "192.0.2.7" });
      await entries(1, { targetName: "2", action: "user.login", actorUsername: "Una" });
      await entries(1, { targetName: "3", action: "user.login", userId: null, username: null });
      const phrases: [string, string][] = [
        ["action:user.login", "32"],
        ["action:user", "320"],
        ["action:public", ""],
        ["action:public_key", "1"],
        ["action:user.login action:user.suspend", "320"],
        ["-action:user.login", "10"],
        ["-action:user", "1"],
        ["actor:una", "2"],
        ["actor:UNA action:user.login", "2"],
        ["-actor:una", "310"],
        ["user:una", "210"],
        ["-user:una", "3"],
        ["operation:authentication", "32"],
        ["operation:create", "1"],
        ["operation:nothing", ""],
        ["actor_ip:192.0.2.7", "1"],
        ["repo:octo/cat", ""],
        ["-repo:octo/cat", "3210"],
        ["user.login", "32"],
        ['actor:"una"', "2"],
      ];
      for (const [phrase, names] of phrases) {
        expect([phrase, await found(`phrase=${encodeURIComponent(phrase)}`)]).toEqual([
          phrase,
          names,
        ]);
      }
    });

    it("shows the last three months unless a phrase says when", async () => {
      await entries(1);
      const { engine } = here.store;
      const createdAt = Date.UTC(2020, 4, 31, 12);
      await insertRows(engine, engine.tables.auditEvents, [
        { action: "user.login", targetName: "old", createdAt },
      ]);
      expect(await found("")).toBe("0");
      const phrases: [string, string][] = [
        ["created:2020-05-31", "old"],
        ["created:>=2020-05-31", "0old"],
        ["created:<2020-05-31", ""],
        ["created:2020-05-01..2020-06-01", "old"],
      ];
      for (const [phrase, names] of phrases) {
        expect(await found(`order=asc&phrase=${encodeURIComponent(phrase)}`)).toBe(names);
      }
      const { body } = await root.get(`${LOG}?phrase=created:then`).expect(422);
      expect(body.errors).toMatchObject([{ resource: "Search", field: "phrase", code: "invalid" }]);
    });

    it("refuses a phrase of very many parts, and finds nothing strange in odd ones", async () => {
      await root.get(`${LOG}?phrase=${"a+".repeat(60)}`).expect(422);
      for (const phrase of ["%", "action:%25", '"', "-", "action:", "'; drop table users"]) {
        await root.get(`${LOG}?phrase=${encodeURIComponent(phrase)}`).expect(200);
      }
    });
  });
});
