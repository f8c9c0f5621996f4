import { countsOf } from "../../domain/activity/user-counts.ts";
import { forbidden } from "../http/api-error.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { userOf } from "./users.ts";

export const getUserCounts: Handler<"getUserCounts"> = async (_, context) => {
  const counts = await countsOf(context.store, viewerOf(context).id);
  return {
    status: 200,
    body: {
      merge_requests: counts.assignedMergeRequests,
      assigned_issues: counts.assignedIssues,
      assigned_merge_requests: counts.assignedMergeRequests,
      review_requested_merge_requests: counts.reviewRequestedMergeRequests,
      todos: counts.todos,
    },
  };
};

export const getUserAssociationsCount: Handler<"getUserAssociationsCount"> = async (
  { path },
  context,
) => {
  const viewer = viewerOf(context);
  const user = await userOf(context, path.id);
  if (!viewer.admin && viewer.id !== user.id) throw forbidden();
  const counts = await countsOf(context.store, user.id);
  return {
    status: 200,
    body: {
      groups_count: counts.groups,
      projects_count: counts.projects,
      issues_count: counts.issues,
      merge_requests_count: counts.mergeRequests,
    },
  };
};
