import { setLdapDn } from "../../domain/profile/identities.ts";
import { getUserById, idOf } from "../../domain/users/users.ts";
import type { Handler } from "../http/context.ts";
import { privateUser } from "../presenters/user.ts";

export const updateMapping: Handler<"enterprise-admin/update-ldap-mapping-for-user"> = async (
  { path, body },
  { store, base },
) => {
  const id = await idOf(store, path.username);
  const ldapDn = await setLdapDn(store, id, body.ldap_dn);
  const user = await getUserById(store, id);
  return { status: 200, body: { ldap_dn: ldapDn, ...privateUser(user, base) } };
};

/** There is no directory to ask: the mapping that is set is what counts. */
export const sync: Handler<"enterprise-admin/sync-ldap-mapping-for-user"> = async (
  { path },
  { store },
) => {
  await idOf(store, path.username);
  return { status: 201, body: { status: "queued" } };
};
