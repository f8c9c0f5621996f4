import { UserParseError } from "./readers.ts";

/** What an entry of a directory says, by lower-case attribute, in its order. */
export type LdifEntry = Map<string, string[]>;

/** Attributes of people that have a member here (RFC 4519, RFC 2798, Active Directory). */
const MEMBERS: readonly [member: string, attributes: readonly string[]][] = [
  ["username", ["uid", "samaccountname"]],
  ["name", ["displayname", "cn"]],
  ["location", ["l", "localityname"]],
  ["organization", ["o", "organizationname", "company"]],
  ["job_title", ["title"]],
  ["website_url", ["labeleduri", "wwwhomepage"]],
  ["bio", ["description"]],
  ["created_at", ["createtimestamp", "whencreated"]],
  ["updated_at", ["modifytimestamp", "whenchanged"]],
];

/** Read elsewhere here, or of no meaning for a user. */
const OTHERS: ReadonlySet<string> = new Set([
  ...["dn", "version", "changetype", "objectclass", "mail", "email", "sshpublickey"],
  ...["userpassword", "useraccountcontrol", "pwdaccountlockedtime", "nsaccountlock"],
]);

const PEOPLE = /^(?:person|inetorgperson|organizationalperson|posixaccount|account|user)$/i;
const DISABLED = 2;

/** Whether an entry is a person's account, and not a unit, a group or a machine. */
export function isPerson(entry: LdifEntry): boolean {
  const classes = entry.get("objectclass") ?? [];
  if (classes.some((name) => /^(?:computer|group\w*|organizationalunit|domain)$/i.test(name))) {
    return false;
  }
  const named = entry.has("uid") || entry.has("samaccountname");
  return classes.some((name) => PEOPLE.test(name)) || (classes.length === 0 && named);
}

/** The members that an entry gives a user. Throws UserParseError for a password of no known kind. */
export function userOfEntry(entry: LdifEntry, provider: string): Record<string, unknown> {
  const user: Record<string, unknown> = {};
  for (const [member, attributes] of MEMBERS) {
    const name = attributes.find((one) => entry.has(one));
    if (name !== undefined) user[member] = entry.get(name)?.[0];
  }
  // A link may have a label behind it (RFC 2079).
  if (typeof user.website_url === "string") user.website_url = user.website_url.split(" ")[0];
  const emails = [...(entry.get("mail") ?? []), ...(entry.get("email") ?? [])];
  if (emails.length > 0) user.emails = emails;
  const keys = entry.get("sshpublickey");
  if (keys !== undefined) user.ssh_keys = keys;
  const [dn] = entry.get("dn") ?? [];
  if (dn !== undefined) user.identities = [{ provider, extern_uid: dn }];
  if (isLocked(entry)) user.state = "ldap_blocked";
  const [password] = entry.get("userpassword") ?? [];
  if (password !== undefined) user.password_hash = hashOf(password);
  return user;
}

function isLocked(entry: LdifEntry): boolean {
  const first = (name: string) => entry.get(name)?.[0] ?? "";
  const disabled = (Number(first("useraccountcontrol")) & DISABLED) !== 0;
  return disabled || /^true$/i.test(first("nsaccountlock")) || entry.has("pwdaccountlockedtime");
}

/** OpenLDAP puts the scheme before the hash (RFC 2307, section 5.3). */
function hashOf(password: string): string {
  const [, hash] = /^\{(?:CRYPT|BCRYPT|ARGON2|PBKDF2-SHA512)\}(.+)$/i.exec(password) ?? [];
  if (hash !== undefined) return hash.startsWith("$") ? hash : `$pbkdf2-sha512$${hash}`;
  if (password.startsWith("$")) return password;
  const [scheme = "plain text"] = /^\{[\w-]+\}/.exec(password) ?? [];
  throw new UserParseError(
    ["userPassword"],
    `userPassword is ${scheme}, which can't be checked here; --ignore userPassword leaves it out.`,
  );
}

/** The attributes of an entry that no member has, by their lower-case names. */
export const unknownAttributes = (entry: LdifEntry): string[] =>
  [...entry.keys()].filter(
    (name) => !OTHERS.has(name) && !MEMBERS.some(([, attributes]) => attributes.includes(name)),
  );

/** Puts lines together to entries (RFC 2849): a blank continues a line, an empty one ends it all. */
export class LdifEntries {
  readonly #take: (line: number, entry: LdifEntry) => void;
  readonly #reject: (line: number, problem: string) => void;
  #entry: LdifEntry = new Map();
  #start = 0;
  #pending: { text: string; line: number } | undefined;

  constructor(
    take: (line: number, entry: LdifEntry) => void,
    reject: (line: number, problem: string) => void,
  ) {
    this.#take = take;
    this.#reject = reject;
  }

  line(text: string, number: number): void {
    if (text.startsWith(" ") && this.#pending !== undefined) {
      this.#pending.text += text.slice(1);
      return;
    }
    this.#attribute();
    if (text === "" || text === "-") this.end();
    else this.#pending = { text, line: number };
  }

  /** Ends the entry that is open. */
  end(): void {
    this.#attribute();
    const entry = this.#entry;
    this.#entry = new Map();
    if (entry.has("dn")) this.#take(this.#start, entry);
  }

  #attribute() {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || pending.text.startsWith("#")) return;
    const { text, line } = pending;
    const [, name, colons, value = ""] = /^([A-Za-z0-9.;-]+)(::?)[ ]*(.*)$/s.exec(text) ?? [];
    if (name === undefined) {
      return this.#reject(line, "it is no line of LDIF, as `mail: ann@example.com`.");
    }
    const key = name.split(";")[0]?.toLowerCase() ?? "";
    if (key === "dn") this.#start = line;
    if (value.startsWith("<")) return this.#reject(line, `${name} stands in another file.`);
    const read = colons === "::" ? decoded(value) : value;
    // A picture or a certificate is no text.
    if (read === undefined) this.#entry.set(key, []);
    else this.#entry.set(key, [...(this.#entry.get(key) ?? []), read]);
  }
}

function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
  } catch {
    return undefined;
  }
}
