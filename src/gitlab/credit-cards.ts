import type { components } from "../generated/gitlab-v4-types.ts";
import { note } from "../people/audit.ts";
import { byIdOrUsername } from "../people/users.ts";
import { timestamp } from "./times.ts";
import { adminOf, type Handler } from "./wire/context.ts";
import { dateOf } from "./wire/grape.ts";
import { BLANK } from "./wire/models.ts";
import { invalid } from "./wire/refusal.ts";

/** Nothing is done with cards here, so that they were looked at is all that is kept of them. */
export const updateCreditCardValidation: Handler<"updateCreditCardValidation"> = async (
  { path, body },
  context,
) => {
  const admin = adminOf(context);
  const user = await byIdOrUsername(context.people, path.user_id);
  const given = (body as components["schemas"]["credit-card"]).credit_card_validated_at;
  if (given === null) throw invalid({ credit_card_validated_at: BLANK });
  const credit_card_validated_at = timestamp(dateOf(given));
  await note(context.people, {
    actorId: admin.id,
    userId: user.id,
    action: "credit_card_validated",
    details: { credit_card_validated_at },
  });
  return { status: 200, body: { user_id: user.id, credit_card_validated_at } };
};
