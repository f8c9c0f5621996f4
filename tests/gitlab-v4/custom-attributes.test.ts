import { describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage();
const FORBIDDEN = { message: "403 Forbidden" };

describe("custom attributes", () => {
  it("169: are for administrators", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const list = `/users/${ordinaryUser.id}/custom_attributes`;
    for (const path of [list, `${list}/colour`]) {
      await here.anyone.get(path).expect(403, FORBIDDEN);
      await asUser.get(path).expect(403, FORBIDDEN);
    }
    const value = { value: "red" };
    await here.anyone.put(`${list}/colour`).send(value).expect(401);
    await here.anyone.delete(`${list}/colour`).expect(401, { message: "401 Unauthorized" });
    await asUser.put(`${list}/colour`).send(value).expect(403, FORBIDDEN);
    await asUser.delete(`${list}/colour`).expect(403, FORBIDDEN);
    await asUser.get("/users/999999/custom_attributes").expect(403, FORBIDDEN);
  });

  it("need a user, and a value to be set", async () => {
    const { asAdmin, adminUser, ordinaryUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/custom_attributes/colour`;
    await asAdmin.put(path).send({}).expect(400, { error: "value is missing" });
    await asAdmin
      .put(path)
      .send({ value: "" })
      .expect(400, { message: { value: ["can't be blank"] } });
    const notFound = { message: "404 User Not Found" };
    await asAdmin.get("/users/999999/custom_attributes").expect(404, notFound);
    await asAdmin
      .put("/users/999999/custom_attributes/colour")
      .send({ value: "x" })
      .expect(404, notFound);
    await asAdmin.get("/users/una/custom_attributes").expect(404, { error: "404 Not Found" });
    await asAdmin.get(path).expect(404, { message: "404 Not found" });
    await asAdmin.delete(path).expect(404, { message: "404 Custom attribute Not Found" });
    const reader = await here.as(adminUser, "read_user");
    await reader.put(path).send({ value: "x" }).expect(403);
  });

  it("169: are set, read and deleted by name", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    const list = `/users/${ordinaryUser.id}/custom_attributes`;
    const path = `${list}/favourite.colour`;
    await asAdmin.get(list).expect(200, []);
    const attribute = { key: "favourite.colour", value: "red" };
    await asAdmin.put(path).send({ value: "red" }).expect(200, attribute);
    await asAdmin.get(path).expect(200, attribute);
    await asAdmin.put(path).send({ value: "blue & green" }).expect(200);
    await asAdmin.put(`${list}/age`).send({ value: 7 }).expect(200, { key: "age", value: "7" });
    const { text, headers } = await asAdmin.get(list).expect(200, [
      { key: "age", value: "7" },
      { key: "favourite.colour", value: "blue & green" },
    ]);
    expect(text).toContain("blue \\u0026 green");
    expect(headers).not.toHaveProperty("x-total");
    await asAdmin.get(`/users/${otherUser.id}/custom_attributes`).expect(200, []);
    expect((await asAdmin.delete(path).expect(204)).text).toBe("");
    await asAdmin.get(list).expect(200, [{ key: "age", value: "7" }]);
  });
});
