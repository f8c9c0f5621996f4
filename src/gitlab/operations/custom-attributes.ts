import * as customAttributes from "../../domain/profile/custom-attributes.ts";
import type { User } from "../../domain/user.ts";
import { forbidden, noRecord } from "../http/api-error.ts";
import type { Context, Handler } from "../http/context.ts";
import { checkModel, textMessages } from "../http/model-errors.ts";
import { userOf } from "./users.ts";

const shape = ({ key, value }: customAttributes.CustomAttribute) => ({ key, value });

/** For administrators only; anonymous callers who read get 403, not 401. */
function subjectOf(context: Context, id: string): Promise<User> {
  if (context.viewer?.admin !== true) throw forbidden();
  return userOf(context, id);
}

export const listUserCustomAttributes: Handler<"listUserCustomAttributes"> = async (
  { path },
  context,
) => {
  const { id } = await subjectOf(context, path.id);
  return { status: 200, body: (await customAttributes.listByUser(context.store, id)).map(shape) };
};

export const getUserCustomAttribute: Handler<"getUserCustomAttribute"> = async (
  { path },
  context,
) => {
  const { id } = await subjectOf(context, path.id);
  const attribute = await customAttributes.find(context.store, id, path.key);
  if (attribute === undefined) throw noRecord();
  return { status: 200, body: shape(attribute) };
};

export const setUserCustomAttribute: Handler<"setUserCustomAttribute"> = async (
  { path, body },
  context,
) => {
  const { id: userId } = await subjectOf(context, path.id);
  const attribute = { userId, key: path.key, value: body?.value ?? "" };
  checkModel({ value: textMessages(attribute.value) });
  return { status: 200, body: shape(await customAttributes.set(context.store, attribute)) };
};

export const deleteUserCustomAttribute: Handler<"deleteUserCustomAttribute"> = async (
  { path },
  context,
) => {
  const { id } = await subjectOf(context, path.id);
  await customAttributes.remove(context.store, id, path.key);
  return { status: 204 };
};
