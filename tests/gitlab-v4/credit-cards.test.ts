import { beforeEach, describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

const card = {
  credit_card_validated_at: "2020-01-01 00:00:00 UTC",
  credit_card_expiration_month: 12,
  credit_card_expiration_year: 2030,
  credit_card_holder_name: "Una",
  credit_card_mask_number: "1111",
  credit_card_type: "Visa",
};
const path = (user: number | string = "una") => `/user/${user}/credit_card_validation`;

describe("PUT /user/{user_id}/credit_card_validation", () => {
  it("is for administrators with the scope api", async () => {
    await here.anyone.put(path()).send(card).expect(401);
    await cast.asUser.put(path()).send(card).expect(403, { message: "403 Forbidden" });
    await (await here.as(cast.adminUser, "read_api")).put(path()).send(card).expect(403);
  });

  it("needs all of the card, and a user who exists", async () => {
    const { credit_card_validated_at: _, ...rest } = card;
    const { asAdmin } = cast;
    await asAdmin
      .put(path())
      .send(rest)
      .expect(400, { error: "credit_card_validated_at is missing" });
    await asAdmin.put(path("missing")).send(card).expect(404, { message: "404 User Not Found" });
    await asAdmin
      .put(path())
      .send({ ...card, credit_card_validated_at: null })
      .expect(400, { message: { credit_card_validated_at: ["can't be blank"] } });
  });

  it("notes the time, and nothing of the card", async () => {
    const validated = { credit_card_validated_at: "2020-01-01T00:00:00.000Z" };
    await cast.asAdmin
      .put(path(cast.ordinaryUser.id))
      .send(card)
      .expect(200, { user_id: cast.ordinaryUser.id, ...validated });
    const { engine } = here.store;
    const events = await engine.query.select().from(engine.tables.auditEvents);
    const ofCards = events.filter(({ action }) => action.startsWith("credit_card"));
    expect(ofCards).toMatchObject([
      {
        ...{
          actorId: cast.adminUser.id,
          userId: cast.ordinaryUser.id,
          action: "credit_card_validated",
        },
        details: validated,
      },
    ]);
  });
});
