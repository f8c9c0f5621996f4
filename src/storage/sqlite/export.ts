import SqliteConnection from "better-sqlite3";

/**
 * Who follows whom by name, in the order of following. Numbers are sorted, not names, which would
 * take several times the room; without a limit SQLite would see no reason to sort in there.
 */
const followsWhere = (where: string): string => `
  select a.username as follower, b.username as followed, ordered.created_at as at
  from (select follower_id, followed_id, created_at from follows ${where} order by seq limit -1)
    as ordered
  cross join users as a on a.id = ordered.follower_id
  cross join users as b on b.id = ordered.followed_id`;

const NEAR = `select @id as id union select follower_id from follows where followed_id = @id
  union select followed_id from follows where follower_id = @id`;
const NEAR_AND_NEXT = `${NEAR}
  union select follower_id from follows where followed_id in (${NEAR})
  union select followed_id from follows where follower_id in (${NEAR})`;
const MUTUALS = `select out.followed_id as id from follows as out
  join follows as back on back.follower_id = out.followed_id and back.followed_id = @id
  where out.follower_id = @id`;

/** What of the graph lies around a user. */
const PARTS = {
  followers: "where followed_id = @id",
  following: "where follower_id = @id",
  mutuals: `where (follower_id = @id and followed_id in (${MUTUALS}))
    or (followed_id = @id and follower_id in (${MUTUALS}))`,
  neighbourhood: `where follower_id in (${NEAR}) and followed_id in (${NEAR})`,
  "neighbourhood-2": `where follower_id in (${NEAR_AND_NEXT}) and followed_id in (${NEAR_AND_NEXT})`,
};

/**
 * The followers of a user, who they follow, who does both, or all follows among all of these;
 * `neighbourhood-2` also takes in the neighbours of these.
 */
export type GraphPart = keyof typeof PARTS;
export const GRAPH_PARTS = Object.keys(PARTS) as GraphPart[];

const FLAGS = [
  ...["admin", "external", "private_profile", "enabled_following", "can_create_group", "hireable"],
  ...["auditor", "trial"],
];
const TIMES = [
  ...["created_at", "updated_at", "suspended_at", "confirmed_at", "password_expires_at"],
  ...["email_reset_offered_at", "otp_enabled_at", "locked_at", "current_sign_in_at"],
  ...["last_sign_in_at", "enterprise_group_associated_at"],
];
const TEXTS = [
  ...["username", "name", "state", "type", "bio", "location", "organization", "website_url"],
  ...["twitter", "linkedin", "skype", "discord", "github", "job_title", "pronouns"],
  ...["public_email", "commit_email", "unconfirmed_email", "timezone", "note", "projects_limit"],
  ...["theme_id", "color_scheme_id", "suspended_reason", "failed_attempts", "sign_in_count"],
  ...["current_sign_in_ip", "last_sign_in_ip", "last_activity_on", "preferred_language", "plan"],
  ...["shared_runners_minutes_limit", "extra_shared_runners_minutes_limit"],
  ...["provisioned_by_group_id", "enterprise_group_id", "followers", "following"],
  ...["public_repos", "public_gists", "private_gists", "total_private_repos"],
  ...["owned_private_repos", "disk_usage", "collaborators", "github_plan", "emptied_texts"],
];
/** What opens doors. */
const SECRETS = ["password_hash", "otp_secret"];

/** Rows of other tables that are a user's, in the order in which they came. */
const LISTS: readonly [member: string, table: string, columns: readonly string[]][] = [
  ["emails", "emails", ["id", "email", "is_primary", "visibility", "confirmed_at", "created_at"]],
  [
    "ssh_keys",
    "ssh_keys",
    ["id", "title", "key", "comment", "usage_type", "expires_at", "last_used_at", "created_at"],
  ],
  ["ssh_signing_keys", "ssh_signing_keys", ["id", "title", "key", "created_at"]],
  ["gpg_keys", "gpg_keys", ["id", "name", "key", "created_at"]],
  ["scim_identities", "scim_identities", ["extern_uid", "group_id", "active"]],
  ["identities", "identities", ["provider", "extern_uid", "saml_provider_id"]],
  ["custom_attributes", "custom_attributes", ["key", "value"]],
  ["memberships", "memberships", ["source_type", "source_id", "source_name", "access_level"]],
  ["social_accounts", "social_accounts", ["url"]],
  ["status", "user_statuses", ["emoji", "message", "availability", "clear_status_at"]],
  [
    "counts",
    "user_counts",
    [
      ...["groups", "projects", "issues", "merge_requests", "assigned_issues"],
      ...["assigned_merge_requests", "review_requested_merge_requests", "todos"],
    ],
  ],
  [
    "preferences",
    "user_preferences",
    ["view_diffs_file_by_file", "show_whitespace_in_diffs", "pass_user_identities_to_ci_jwt"],
  ],
];
/** Of which there is one a user at most. */
const SINGLES = new Set(["status", "counts", "preferences"]);
const NESTED_TIMES = new Set([
  ...["confirmed_at", "expires_at", "last_used_at", "created_at", "clear_status_at"],
]);
const NESTED_FLAGS = new Set(["is_primary", "active", ...(LISTS.at(-1)?.[2] ?? [])]);

function usersQuery(withSecrets: boolean): string {
  const columns = [...TEXTS, ...FLAGS, ...TIMES, ...(withSecrets ? SECRETS : [])];
  const lists = LISTS.map(([member, table, names]) => {
    const pairs = names.map((name) => `'${name}', "${name}"`).join(", ");
    return `(select json_group_array(json_object(${pairs})) from ${table}
      where user_id = users.id) as "${member}"`;
  });
  const creator =
    "(select username from users as maker where maker.id = users.created_by_id) as created_by";
  const blocked = `(select json_group_array(username) from blocks
    join users as shut_out on shut_out.id = blocked_id where blocker_id = users.id) as blocks`;
  return `select id, ${columns.join(", ")}, ${[creator, blocked, ...lists].join(", ")}
    from users order by id`;
}

type Row = Record<string, unknown>;

export interface ExportedFollow {
  follower: string;
  followed: string;
  /** Seconds since 1970. */
  at: number;
}

/** One moment of a database, to be read from its first row to its last while others write on. */
export interface Snapshot {
  /** All follows, or a part of them around the user with this id. */
  follows(around?: { id: number; part: GraphPart }): Iterable<ExportedFollow>;
  /** The users, without what opens doors unless that is asked for. */
  users(withSecrets?: boolean): Iterable<Row>;
  /** The id behind a username in any case. */
  idOf(username: string): number | undefined;
  /** Names and counters alone. */
  nodes(): Iterable<{ username: string; name: string; followers: number; following: number }>;
  close(): void;
}

/** Opens a database that is up to date. It is read row by row at any size. */
export function openSnapshot(file: string): Snapshot {
  const connection = new SqliteConnection(file, { readonly: true, fileMustExist: true });
  return {
    follows(around) {
      const query = connection.prepare(followsWhere(around ? PARTS[around.part] : ""));
      const rows = around ? query.iterate({ id: around.id }) : query.iterate();
      return rows as Iterable<ExportedFollow>;
    },
    *users(withSecrets = false) {
      const query = connection.prepare(usersQuery(withSecrets));
      for (const row of query.iterate()) yield toExportedRow(row as Row);
    },
    idOf: (username) =>
      connection
        .prepare("select id from users where lower(username) = ?")
        .pluck()
        .get(username.toLowerCase()) as number | undefined,
    nodes: () =>
      connection
        .prepare("select username, name, followers, following from users order by id")
        .iterate() as ReturnType<Snapshot["nodes"]>,
    close: () => connection.close(),
  };
}

/** As JSON has such values, where SQLite has but numbers and text. */
function toExportedRow({ emptied_texts: emptied, blocks, github_plan: plan, ...row }: Row): Row {
  const flags = FLAGS.map((name) => [name, flagOf(row[name])]);
  const times = TIMES.map((name) => [name, timeOf(row[name])]);
  const lists = LISTS.flatMap(([member]) => {
    const all = (JSON.parse(String(row[member])) as Row[]).map(nested);
    if (SINGLES.has(member)) return all.length === 0 ? [] : [[member, all[0]]];
    return [[member, member === "social_accounts" ? all.map(({ url }) => url) : all]];
  });
  const names = new Set(LISTS.map(([member]) => member));
  const own = Object.entries(row).filter(([name]) => !names.has(name));
  return {
    ...withUnset(Object.fromEntries(own), String(emptied)),
    ...Object.fromEntries([...flags, ...times, ...lists]),
    blocks: JSON.parse(String(blocks)),
    github_plan: plan === null ? null : JSON.parse(plan as string),
  };
}

/** Texts that were never set are null; those that were emptied are empty. */
function withUnset(row: Row, emptied: string): Row {
  const names = emptied.split(" ");
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === "" && !names.includes(name) ? null : value,
    ]),
  );
}

const nested = (one: Row): Row =>
  Object.fromEntries(
    Object.entries(withComment(one)).map(([name, value]) => {
      if (NESTED_TIMES.has(name)) return [name, timeOf(value)];
      if (!NESTED_FLAGS.has(name)) return [name, value];
      return [name === "is_primary" ? "primary" : name, flagOf(value)];
    }),
  );

/** The line of an SSH key as its file has it. */
function withComment({ comment = "", ...one }: Row): Row {
  return comment === "" ? one : { ...one, key: `${String(one.key)} ${String(comment)}` };
}

const flagOf = (value: unknown): boolean | null => (value === null ? null : value === 1);

const timeOf = (value: unknown): string | null =>
  typeof value === "number" ? new Date(value).toISOString() : null;
