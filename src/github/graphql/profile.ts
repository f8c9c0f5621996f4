import type { Window } from "../../domain/follows/follow-lists.ts";
import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { listSocialAccounts, type SocialAccount } from "../../domain/profile/social-accounts.ts";
import type { User } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";
import { providerOf } from "../presenters/social-account.ts";
import { timestamp } from "../presenters/user.ts";
import { builder, pageArguments } from "./builder.ts";
import { organization, pageInfo, userRef } from "./connections.ts";
import { toCursorQuery } from "./pagination.ts";

/** A user has a handful of these, so a page is cut from all of them. */
interface ListPage<Row> extends Window {
  readonly rows: readonly Row[];
  readonly total: number;
}

function pageOfRows<Row extends { id: number }>(
  name: string,
  rows: readonly Row[],
  page: Parameters<typeof toCursorQuery>[1],
): ListPage<Row> {
  const { order, size, after = -1, before = Number.POSITIVE_INFINITY } = toCursorQuery(name, page);
  const between = rows.filter(({ id }) => id > after && id < before);
  const shown = order === "first" ? between.slice(0, size) : between.slice(-size || between.length);
  const [first, last] = [shown[0], shown.at(-1)];
  return {
    rows: shown,
    total: rows.length,
    edges: shown.map(({ id }) => ({ id, key: id })),
    hasNext: last !== undefined && rows.at(-1)?.id !== last.id,
    hasPrevious: first !== undefined && rows[0]?.id !== first.id,
  };
}

const SOCIAL_PROVIDERS = [
  ...["BLUESKY", "FACEBOOK", "GENERIC", "HOMETOWN", "INSTAGRAM", "LINKEDIN", "MASTODON", "NPM"],
  ...["REDDIT", "TWITCH", "TWITTER", "YOUTUBE"],
] as const;

const socialProvider = builder.enumType("SocialAccountProvider", {
  description: "Software or company that hosts social media accounts.",
  values: SOCIAL_PROVIDERS,
});

const socialAccount = builder.objectRef<SocialAccount>("SocialAccount").implement({
  description: "Social media profile associated with a user.",
  fields: (field) => ({
    displayName: field.string({
      resolve: ({ url }) => URL.parse(url)?.pathname.split("/").findLast(Boolean) ?? url,
    }),
    provider: field.field({
      type: socialProvider,
      resolve: ({ url }) =>
        SOCIAL_PROVIDERS.find((name) => name === providerOf(url).toUpperCase()) ?? "GENERIC",
    }),
    url: field.field({ type: "URI", resolve: ({ url }) => url }),
  }),
});

const publicKey = builder.objectRef<sshKeys.SshKey>("PublicKey").implement({
  description: "A user's public key.",
  fields: (field) => ({
    accessedAt: field.field({
      type: "DateTime",
      nullable: true,
      resolve: ({ lastUsedAt }) => (lastUsedAt === null ? null : timestamp(lastUsedAt)),
    }),
    createdAt: field.field({
      type: "DateTime",
      nullable: true,
      resolve: ({ createdAt }) => timestamp(createdAt),
    }),
    fingerprint: field.string({ resolve: ({ fingerprintSha256 }) => fingerprintSha256 }),
    id: field.id({
      resolve: ({ id }) => Buffer.from(`09:PublicKey${id}`).toString("base64"),
    }),
    isReadOnly: field.boolean({ nullable: true, resolve: () => false }),
    key: field.exposeString("key"),
    updatedAt: field.field({
      type: "DateTime",
      nullable: true,
      resolve: ({ updatedAt }) => timestamp(updatedAt),
    }),
  }),
});

const socialAccounts = builder
  .objectRef<ListPage<SocialAccount>>("SocialAccountConnection")
  .implement({
    description: "The connection type for SocialAccount.",
    fields: (field) => ({
      nodes: field.field({
        type: [socialAccount],
        nullable: { list: true, items: true },
        resolve: ({ rows }) => rows,
      }),
      pageInfo: field.field({ type: pageInfo, resolve: (page) => page }),
      totalCount: field.int({ resolve: ({ total }) => total }),
    }),
  });

const publicKeys = builder.objectRef<ListPage<sshKeys.SshKey>>("PublicKeyConnection").implement({
  description: "The connection type for PublicKey.",
  fields: (field) => ({
    nodes: field.field({
      type: [publicKey],
      nullable: { list: true, items: true },
      resolve: ({ rows }) => rows,
    }),
    pageInfo: field.field({ type: pageInfo, resolve: (page) => page }),
    totalCount: field.int({ resolve: ({ total }) => total }),
  }),
});

/** What followd keeps none of, with the fields that every such thing has. */
const nothing = <Name extends string>(name: Name, description: string) =>
  builder.objectRef<{ id: string; name: string; url: string }>(name).implement({
    description,
    fields: (field) => ({
      id: field.exposeID("id"),
      name: field.exposeString("name"),
      url: field.field({ type: "URI", resolve: ({ url }) => url }),
    }),
  });

/** How many there are elsewhere, of which the viewer's own private ones are shown to them alone. */
type Count = (user: User, isOwn: boolean) => number;

const emptyConnection = (name: string, node: ReturnType<typeof nothing>) =>
  builder.objectRef<{ total: number }>(name).implement({
    description: `The connection type for ${name.replace("Connection", "")}.`,
    fields: (field) => ({
      nodes: field.field({
        type: [node],
        nullable: { list: true, items: true },
        resolve: () => [],
      }),
      pageInfo: field.field({
        type: pageInfo,
        resolve: () => ({ edges: [], hasNext: false, hasPrevious: false }),
      }),
      totalCount: field.int({ resolve: ({ total }) => total }),
    }),
  });

const repository = nothing("Repository", "A repository contains the content for a project.");
const repositories = emptyConnection("RepositoryConnection", repository);
const starred = emptyConnection("StarredRepositoryConnection", repository);
const gists = emptyConnection("GistConnection", nothing("Gist", "A Gist."));

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
  ...{ '"': "&quot;", "'": "&#39;" },
};

/** A text of a profile as GitHub's pages show it. */
const toHtml = (text: string): string =>
  text === "" ? "" : `<div>${text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)}</div>`;

builder.objectFields(userRef, (field) => {
  const empty = (type: typeof repositories, description: string, count?: Count) =>
    field.field({
      type,
      description,
      args: pageArguments,
      resolve: (user, _, { context, viewer }) => {
        const isReadable = count !== undefined && canReadProfile(context.caller?.user, user);
        return { total: isReadable ? count(user, user.id === viewer.id) : 0 };
      },
    });
  return {
    bioHTML: field.field({ type: "HTML", resolve: ({ bio }: User) => toHtml(bio) }),
    companyHTML: field.field({ type: "HTML", resolve: (user: User) => toHtml(user.organization) }),
    gists: empty(
      gists,
      "A list of the Gists the user has created.",
      (user, isOwn) => user.publicGists + (isOwn ? user.privateGists : 0),
    ),
    organization: field.field({
      type: organization,
      nullable: true,
      description: "Find an organization by its login that the user belongs to.",
      args: { login: field.arg.string({ required: true }) },
      resolve: () => null,
    }),
    pronouns: field.string({ nullable: true, resolve: ({ pronouns }) => pronouns || null }),
    publicKeys: field.field({
      type: publicKeys,
      description: "A list of public keys associated with this user.",
      args: pageArguments,
      resolve: async ({ id }, args, { context: { store }, breathe }) => {
        await breathe();
        return pageOfRows("publicKeys", await sshKeys.listByUser(store, id), args);
      },
    }),
    repositories: empty(
      repositories,
      "A list of repositories that the user owns.",
      (user, isOwn) => user.publicRepos + (isOwn ? user.ownedPrivateRepos : 0),
    ),
    repositoriesContributedTo: empty(
      repositories,
      "A list of repositories that the user recently contributed to.",
    ),
    socialAccounts: field.field({
      type: socialAccounts,
      description: "The user's social media accounts, ordered as they appear on their profile.",
      args: pageArguments,
      resolve: async ({ id }, args, { context: { store }, breathe }) => {
        await breathe();
        return pageOfRows("socialAccounts", await listSocialAccounts(store, id), args);
      },
    }),
    starredRepositories: empty(starred, "Repositories the user has starred."),
    watching: empty(repositories, "A list of repositories the given user is watching."),
  };
});
