import { beforeEach, describe, expect, it } from "@jest/globals";
import { enable } from "../../src/domain/credentials/two-factor.ts";
import type { User } from "../../src/domain/user.ts";
import { getUserById } from "../../src/domain/users/users.ts";
import { stage } from "./stage.ts";

const here = stage();

type Cast = Awaited<ReturnType<typeof here.cast>>;
let cast: Cast;
let ordinaryUser: User;
beforeEach(async () => {
  cast = await here.cast();
  ordinaryUser = cast.ordinaryUser;
});

const message = (text: string) => ({ message: text });

describe("PATCH /users/{id}/disable_two_factor", () => {
  const path = () => `/users/${ordinaryUser.id}/disable_two_factor`;

  it("135: is for administrators with the scope api", async () => {
    await here.anyone.patch(path()).expect(401, message("401 Unauthorized"));
    await cast.asOther.patch(path()).expect(403, message("403 Forbidden"));
    await cast.asOther
      .patch("/users/999999/disable_two_factor")
      .expect(403, message("403 Forbidden"));
    const reader = await here.as(cast.adminUser, "read_api");
    expect((await reader.patch(path()).expect(403)).body.error).toBe("insufficient_scope");
  });

  it("135: answers 404 for an unknown id", async () => {
    await cast.asAdmin
      .patch("/users/999999/disable_two_factor")
      .expect(404, message("404 User Not Found"));
    await cast.asAdmin
      .patch("/users/ASDF/disable_two_factor")
      .expect(404, { error: "404 Not Found" });
  });

  it("135: refuses administrators, and users who have none", async () => {
    await enable(here.store, cast.adminUser);
    await cast.asAdmin
      .patch(`/users/${cast.adminUser.id}/disable_two_factor`)
      .expect(
        403,
        message(
          "403 Forbidden - Two-factor authentication for admins cannot be disabled via the API. " +
            "Use the Rails console",
        ),
      );
    expect((await getUserById(here.store, cast.adminUser.id)).otpEnabledAt).not.toBeNull();
    await cast.asAdmin
      .patch(path())
      .expect(
        400,
        message("400 Bad request - Two-factor authentication is not enabled for this user"),
      );
  });

  it("135: switches it off, and forgets the secret", async () => {
    await enable(here.store, ordinaryUser);
    const { text } = await cast.asAdmin.patch(path()).expect(204);
    expect(text).toBe("");
    expect(await getUserById(here.store, ordinaryUser.id)).toMatchObject({
      otpEnabledAt: null,
      otpSecret: null,
    });
    await cast.asAdmin.patch(path()).expect(400);
  });
});
