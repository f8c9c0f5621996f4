import {
  createSupportPin as createPin,
  findSupportPin,
  revokeSupportPin,
  type SupportPin,
} from "../../domain/credentials/support-pins.ts";
import { notFoundError } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin, viewerOf } from "../http/context.ts";
import { timestamp } from "../presenters/times.ts";
import { userOf } from "./users.ts";

/** GitLab writes this one time to the second. */
const presentPin = ({ pin, expiresAt }: SupportPin) => ({
  pin,
  expires_at: timestamp(expiresAt).replace(/\.\d{3}Z$/, "Z"),
});

async function get({ store }: Context, userId: number) {
  const found = await findSupportPin(store, userId);
  if (found === undefined) throw notFoundError("Support PIN not found or expired");
  return { status: 200, body: presentPin(found) } as const;
}

export const createSupportPin: Handler<"createSupportPin"> = async (_, context) => ({
  status: 201,
  body: presentPin(await createPin(context.store, viewerOf(context).id)),
});

export const getSupportPin: Handler<"getSupportPin"> = (_, context) =>
  get(context, viewerOf(context).id);

export const getUserSupportPin: Handler<"getUserSupportPin"> = async ({ path }, context) => {
  requireAdmin(context);
  return get(context, (await userOf(context, path.id)).id);
};

export const revokeUserSupportPin: Handler<"revokeUserSupportPin"> = async ({ path }, context) => {
  requireAdmin(context);
  const { id } = await userOf(context, path.id);
  if ((await findSupportPin(context.store, id)) === undefined) {
    throw notFoundError("Support PIN not found or already expired");
  }
  await revokeSupportPin(context.store, id);
  return { status: 202, body: 202 };
};
