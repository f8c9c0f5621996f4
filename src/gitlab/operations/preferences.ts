import {
  type Choices,
  type Preferences,
  preferencesOf,
  updatePreferences,
} from "../../domain/profile/preferences.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { type Handler, viewerOf } from "../http/context.ts";

const shape = (preferences: Preferences): components["schemas"]["user-preferences"] => ({
  id: preferences.id,
  user_id: preferences.userId,
  view_diffs_file_by_file: preferences.viewDiffsFileByFile,
  show_whitespace_in_diffs: preferences.showWhitespaceInDiffs,
  pass_user_identities_to_ci_jwt: preferences.passUserIdentitiesToCiJwt,
});

export const getUserPreferences: Handler<"getUserPreferences"> = async (_, context) => {
  const preferences = await preferencesOf(context.store, viewerOf(context).id);
  return { status: 200, body: shape(preferences) };
};

export const updateUserPreferences: Handler<"updateUserPreferences"> = async (
  { body = {} },
  context,
) => {
  const requested = {
    viewDiffsFileByFile: body.view_diffs_file_by_file,
    showWhitespaceInDiffs: body.show_whitespace_in_diffs,
    passUserIdentitiesToCiJwt: body.pass_user_identities_to_ci_jwt,
  };
  // Null is no choice.
  const given = Object.entries(requested).filter(([, value]) => typeof value === "boolean");
  const choices: Choices = Object.fromEntries(given);
  return {
    status: 200,
    body: shape(await updatePreferences(context.store, viewerOf(context).id, choices)),
  };
};
