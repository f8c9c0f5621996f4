import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import { createAccount, updateAccount } from "../../domain/users/accounts.ts";
import {
  countServiceAccounts,
  getServiceAccount,
  listServiceAccounts as listAccounts,
  type ServiceAccount,
} from "../../domain/users/service-accounts.ts";
import { validateUser } from "../../domain/users/validate-user.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { fixedError, forbidden, Refusal } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin } from "../http/context.ts";
import { pageHeaders, pageOf } from "../http/pagination.ts";
import { checkUnique, toUniquenessError } from "../user-input/uniqueness.ts";
import { FREE_SERVICE_ACCOUNTS } from "../versions.ts";
import { sendLink } from "./send-email-link.ts";

type Input = components["schemas"]["new-service-account"];

const NAME = "Service account user";
const PREFIX = "service_account_";

const presentAccount = ({ user, email }: ServiceAccount) => ({
  id: user.id,
  username: user.username,
  name: user.name,
  email,
  ...(user.unconfirmedEmail === null ? {} : { unconfirmed_email: user.unconfirmedEmail }),
});

async function presentUser({ store }: Context, user: User) {
  return presentAccount({ user, email: (await emails.findPrimaryEmail(store, user.id)) ?? "" });
}

export const listServiceAccounts: Handler<"listServiceAccounts"> = async ({ query }, context) => {
  const page = pageOf(query);
  const rows = await listAccounts(context.store, {
    ...{ by: query.order_by ?? "id", descending: query.sort !== "asc" },
    ...{ offset: page.offset, limit: page.size },
  });
  const total = await countServiceAccounts(context.store);
  return {
    status: 200,
    body: rows.map(presentAccount),
    headers: pageHeaders(context, page, total),
  };
};

/** GitLab joins the messages about an account into one sentence here. */
async function validate(context: Context, input: Input, own?: number): Promise<void> {
  const values = {
    name: input.name ?? undefined,
    username: input.username ?? undefined,
    email: input.email?.trim().toLowerCase(),
  };
  const owner = own === undefined ? { vouched: true } : { own, vouched: true };
  const taken = await checkUnique(context.store, values, undefined, owner).catch(asSentence);
  const wrong = validateUser(values, { names: [], verified: new Set() });
  const sentences = [...Object.entries(wrong), ...Object.entries(taken)].flatMap(
    ([field, messages]) =>
      messages.map((message) => `${field[0]?.toUpperCase()}${field.slice(1)} ${message}`),
  );
  if (sentences.length > 0) throw fixedError(400, `400 Bad request - ${sentences.join(", ")}`);
}

function asSentence(error: unknown): never {
  const message = error instanceof Refusal ? (error.body as { message?: unknown }).message : "";
  if (typeof message !== "string" || message === "") throw error;
  throw fixedError(400, `400 Bad request - ${message}`);
}

/** A licence sets no bound here; without one an instance has a hundred. */
async function requireSeat({ store, settings }: Context): Promise<void> {
  if (settings.release.edition === "ee") return;
  if ((await countServiceAccounts(store)) < FREE_SERVICE_ACCOUNTS) return;
  throw forbidden("No more seats are available to create Service Account User");
}

export const createServiceAccount: Handler<"createServiceAccount"> = async ({ body }, context) => {
  const admin = requireAdmin(context);
  await requireSeat(context);
  const input = body ?? {};
  await validate(context, input);
  const username = input.username ?? PREFIX + context.store.random.bytes(16).toString("hex");
  const email = input.email?.trim().toLowerCase();
  const user = await createAccount(context.store, {
    username,
    name: input.name ?? NAME,
    type: "service_account",
    email: email ?? `${username}@noreply.${new URL(context.base.origin).hostname}`,
    // An address of the program's own making needs no confirmation.
    confirmed: email === undefined,
    external: true,
    canCreateGroup: false,
    projectsLimit: 0,
    createdById: admin.id,
  }).catch(toUniquenessError);
  if (email !== undefined) await sendLink(context, user, "confirm_email", email);
  return { status: 201, body: await presentUser(context, user) };
};

export const updateServiceAccount: Handler<"updateServiceAccount"> = async (
  { path, body },
  context,
) => {
  requireAdmin(context);
  const input = body ?? {};
  const { id } = await getServiceAccount(context.store, Number(path.user_id));
  await validate(context, input, id);
  const email = input.email?.trim().toLowerCase();
  const user = await updateAccount(context.store, id, {
    ...(input.name ? { name: input.name } : {}),
    ...(input.username ? { username: input.username } : {}),
    ...(email === undefined ? {} : { unconfirmedEmail: email }),
  }).catch(toUniquenessError);
  if (email !== undefined) await sendLink(context, user, "confirm_email", email);
  return { status: 200, body: await presentUser(context, user) };
};
