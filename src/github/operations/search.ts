import {
  searchUsers as findUsers,
  type SearchOrder,
} from "../../domain/users/search/search-users.ts";
import { manyById } from "../../domain/users/users.ts";
import type { components } from "../../generated/github-types.ts";
import { SerializedBody } from "../../http/handler.ts";
import { ApiError } from "../http/api-error.ts";
import type { Context, Handler } from "../http/context.ts";
import { linkHeader, pageOf } from "../http/pagination.ts";
import { presentTextMatches } from "../presenters/text-matches.ts";
import { simpleUser } from "../presenters/user.ts";
import { parseUserQuery } from "../search/parse-user-query.ts";

type Results = components["schemas"]["user-search-results"];

/** Docs: "About the search endpoints": up to 1,000 results for each search. */
const MAX_RESULTS = 1000;
const DOCS = "https://docs.github.com/v3/search/";

/** Every user matches alike: followd weighs by order, not by number. */
const SCORE = "1.0";

function toOrder(sort: string | undefined, order: string | undefined): SearchOrder {
  const by =
    sort === "followers" || sort === "repositories" || sort === "joined" ? sort : "best-match";
  return { by, descending: order !== "asc" };
}

export const searchUsers: Handler<"search/users"> = async ({ query }, context) => {
  const search = parseUserQuery(query.q);
  const page = pageOf(query);
  if (page.offset >= MAX_RESULTS) {
    const message = "Only the first 1000 search results are available";
    throw new ApiError(422, message, { documentation: { url: DOCS } });
  }
  const order = toOrder(query.sort, query.order);
  const slice = { offset: page.offset, limit: page.size };
  const { ids, total, isComplete } = await findUsers(context.store, search, order, slice);
  const rows = await manyById(context.store, ids);
  const withMatches = context.mediaType.includes("text-match");
  const items = rows.map((user) => {
    const matches = withMatches ? presentTextMatches(user, search, context.base) : undefined;
    // Ruby writes this number so; JavaScript would leave the fraction out.
    return `${JSON.stringify(simpleUser(user, context.base)).slice(0, -1)},"score":${SCORE}${
      matches === undefined ? "" : `,"text_matches":${JSON.stringify(matches)}`
    }}`;
  });
  const text = `{"total_count":${total},"incomplete_results":${!isComplete},"items":[${items.join(",")}]}`;
  return { status: 200, body: written(text), headers: headersOf(context, page, total) };
};

const written = (text: string) => new SerializedBody<Results>(Buffer.from(text));

const headersOf = (context: Context, page: ReturnType<typeof pageOf>, total: number) => [
  ...["Cache-Control", "no-cache"],
  ...linkHeader(context, "/search/users", page, Math.min(total, MAX_RESULTS)),
];
