import { hash } from "node:crypto";
import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
  const { engine } = here.store;
  await engine.transaction(engine.query.delete(engine.tables.runners));
});

const path = "/user/runners";
const NOT_ALLOWED = { message: "403 Forbidden - Insufficient permissions" };

async function member(
  user: User,
  sourceType: "Namespace" | "Project",
  sourceId: number,
  accessLevel: number,
) {
  const { engine } = here.store;
  const row = { userId: user.id, sourceType, sourceId, sourceName: "it", accessLevel };
  await engine.transaction(engine.query.insert(engine.tables.memberships).values(row));
}

async function stored() {
  const { engine } = here.store;
  return engine.query.select().from(engine.tables.runners);
}

describe("POST /user/runners", () => {
  const instance = { runner_type: "instance_type" };

  it("162: needs a token with a scope that opens it", async () => {
    await here.anyone.post(path).send(instance).expect(401, { message: "401 Unauthorized" });
    const reader = await here.as(cast.adminUser, "read_api");
    const { body } = await reader.post(path).send(instance).expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "api create_runner" });
  });

  it("162: wants a type, and what belongs to it", async () => {
    const kind = "runner_type does not have a valid value";
    const { asAdmin } = cast;
    await asAdmin
      .post(path)
      .send({})
      .expect(400, { error: `runner_type is missing, ${kind}` });
    await asAdmin.post(path).send({ runner_type: "odd" }).expect(400, { error: kind });
    const group = await asAdmin.post(path).send({ runner_type: "group_type" }).expect(400);
    expect(group.body.error).toContain("group_id is missing");
    const project = await asAdmin.post(path).send({ runner_type: "project_type" }).expect(400);
    expect(project.body.error).toContain("project_id is missing");
    await asAdmin
      .post(path)
      .send({ ...instance, access_level: "x", paused: "x", maximum_timeout: "x" })
      .expect(400, {
        error:
          "paused is invalid, access_level does not have a valid value, maximum_timeout is invalid",
      });
  });

  it("162: makes those of the instance for administrators alone", async () => {
    await cast.asUser.post(path).send(instance).expect(403, NOT_ALLOWED);
    const { body } = await cast.asAdmin.post(path).send(instance).expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      token: expect.stringMatching(/^glrt-[\w-]{20}$/),
      token_expires_at: null,
    });
    expect(await stored()).toMatchObject([
      {
        ...{ id: body.id, tokenDigest: hash("sha256", body.token as string, "hex") },
        ...{ runnerType: "instance_type", createdById: cast.adminUser.id, runUntagged: true },
      },
    ]);
  });

  it("162: makes them with a token of the scope create_runner", async () => {
    const maker = await here.as(cast.adminUser, "create_runner");
    await maker.post(path).send(instance).expect(201);
    await maker.get("/user/status").expect(403);
  });

  it.each([
    ["group_type", "group_id", "Namespace", 50],
    ["project_type", "project_id", "Project", 40],
  ] as const)("makes those of %s for who may", async (runner_type, name, sourceType, level) => {
    const { asUser, asAdmin, asOther, ordinaryUser, otherUser } = cast;
    const wanted = { runner_type, [name]: 7 };
    await asUser.post(path).send(wanted).expect(403, NOT_ALLOWED);
    await asAdmin.post(path).send(wanted).expect(403, NOT_ALLOWED);
    await member(ordinaryUser, sourceType, 7, level - 10);
    await member(otherUser, sourceType, 7, level);
    await asUser.post(path).send(wanted).expect(403, NOT_ALLOWED);
    await asOther
      .post(path)
      .send({ ...wanted, [name]: 8 })
      .expect(403, NOT_ALLOWED);
    await asOther.post(path).send(wanted).expect(201);
    await asAdmin.post(path).send(wanted).expect(201);
    await asUser
      .post(path)
      .send({ runner_type, [name]: 2 ** 70 })
      .expect(403, NOT_ALLOWED);
  });

  it("stores every attribute", async () => {
    const wanted = {
      ...instance,
      ...{ description: "d", maintenance_note: "m", paused: "true", locked: 1 },
      ...{ run_untagged: false, tag_list: "linux, docker,,linux", access_level: "ref_protected" },
      maximum_timeout: "3600",
    };
    await cast.asAdmin.post(path).send(wanted).expect(201);
    expect(await stored()).toMatchObject([
      {
        ...{ description: "d", maintenanceNote: "m", paused: true, locked: true },
        ...{ runUntagged: false, tagList: "linux,docker", accessLevel: "ref_protected" },
        ...{ maximumTimeout: 3600, groupId: null, projectId: null },
      },
    ]);
  });

  it.each([
    [
      { run_untagged: false },
      "Tags list can not be empty when runner is not allowed to pick untagged jobs",
    ],
    [
      { maintenance_note: "x".repeat(1025) },
      "Maintenance note is too long (maximum is 1024 characters)",
    ],
    [{ description: "x".repeat(1025) }, "Description is too long (maximum is 1024 characters)"],
    [{ maximum_timeout: 599 }, "Maximum timeout needs to be at least 10 minutes"],
    [{ maximum_timeout: 2 ** 70 }, "Maximum timeout must be less than or equal to 2147483647"],
  ])("refuses %j", async (more, reason) => {
    await cast.asAdmin
      .post(path)
      .send({ ...instance, ...more })
      .expect(400, { message: `400 Bad request - ${reason}` });
    expect(await stored()).toEqual([]);
  });
});
