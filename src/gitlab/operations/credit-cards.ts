import { recordAudit } from "../../domain/activity/audit-log.ts";
import { byIdOrUsername } from "../../domain/users/users.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { invalid } from "../http/api-error.ts";
import { dateOf } from "../http/coerce-parameters.ts";
import { type Handler, requireAdmin } from "../http/context.ts";
import { BLANK_MESSAGES } from "../http/model-errors.ts";
import { timestamp } from "../presenters/times.ts";

/** Nothing is done with cards here, so that they were looked at is all that is kept of them. */
export const updateCreditCardValidation: Handler<"updateCreditCardValidation"> = async (
  { path, body },
  context,
) => {
  requireAdmin(context);
  const user = await byIdOrUsername(context.store, path.user_id);
  const given = (body as components["schemas"]["credit-card"]).credit_card_validated_at;
  if (given === null) throw invalid({ credit_card_validated_at: BLANK_MESSAGES });
  const credit_card_validated_at = timestamp(dateOf(given));
  await recordAudit(context.store, {
    userId: user.id,
    action: "credit_card_validated",
    details: { credit_card_validated_at },
  });
  return { status: 200, body: { user_id: user.id, credit_card_validated_at } };
};
