import {
  hasAccessLevel,
  MAINTAINER,
  OWNER_ACCESS_LEVEL,
} from "../../domain/activity/memberships.ts";
import { type NewRunner, register } from "../../domain/activity/runners.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import { fixedError, forbidden } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";

type RunnerBody = components["schemas"]["new-runner"];

const MAX_TEXT_LENGTH = 1024;
const MAX_TAGS = 50;
const MIN_TIMEOUT_SECONDS = 600;
const MAX_TIMEOUT_SECONDS = 2 ** 31 - 1;

/** Machines of the instance are its administrators', those of groups and projects their owners'. */
function mayCreate(context: Context, runner: RunnerBody): boolean | Promise<boolean> {
  const viewer = viewerOf(context);
  const { runner_type, group_id, project_id } = runner;
  switch (runner_type) {
    case "instance_type":
      return viewer.admin;
    case "group_type": {
      const group = { sourceType: "Namespace", sourceId: group_id ?? 0 } as const;
      return hasAccessLevel(context.store, viewer, group, OWNER_ACCESS_LEVEL);
    }
    case "project_type": {
      const project = { sourceType: "Project", sourceId: project_id ?? 0 } as const;
      return hasAccessLevel(context.store, viewer, project, MAINTAINER);
    }
  }
}

/** What GitLab's model would find wrong, in its own sentences. */
function flawsOf(runner: RunnerBody): string[] {
  const tooLong = (text: string | null | undefined) => (text ?? "").length > MAX_TEXT_LENGTH;
  const { tag_list, maximum_timeout } = runner;
  const tags = tag_list ?? [];
  const found: [boolean, string][] = [
    [
      tooLong(runner.description),
      `Description is too long (maximum is ${MAX_TEXT_LENGTH} characters)`,
    ],
    [
      tooLong(runner.maintenance_note),
      `Maintenance note is too long (maximum is ${MAX_TEXT_LENGTH} characters)`,
    ],
    [
      (maximum_timeout ?? MIN_TIMEOUT_SECONDS) < MIN_TIMEOUT_SECONDS,
      "Maximum timeout needs to be at least 10 minutes",
    ],
    [
      (maximum_timeout ?? 0) > MAX_TIMEOUT_SECONDS,
      `Maximum timeout must be less than or equal to ${MAX_TIMEOUT_SECONDS}`,
    ],
    [
      tags.length === 0 && runner.run_untagged === false,
      "Tags list can not be empty when runner is not allowed to pick untagged jobs",
    ],
    [
      tags.length > MAX_TAGS,
      `Tags list Too many tags specified. Please limit the number of tags to ${MAX_TAGS}`,
    ],
  ];
  return found.filter(([wrong]) => wrong).map(([, sentence]) => sentence);
}

/** What belongs to another type is not kept. */
const runnerOf = (runner: RunnerBody, createdById: number): NewRunner => ({
  runnerType: runner.runner_type,
  groupId: runner.runner_type === "group_type" ? (runner.group_id ?? null) : null,
  projectId: runner.runner_type === "project_type" ? (runner.project_id ?? null) : null,
  description: runner.description ?? null,
  maintenanceNote: runner.maintenance_note ?? null,
  paused: runner.paused ?? false,
  locked: runner.locked ?? false,
  runUntagged: runner.run_untagged ?? true,
  accessLevel: runner.access_level ?? "not_protected",
  maximumTimeout: runner.maximum_timeout ?? null,
  tagList: [...new Set(runner.tag_list ?? [])],
  createdById,
});

export const createRunner: Handler<"createRunner"> = async ({ body }, context) => {
  const viewer = viewerOf(context);
  const runner = body as RunnerBody;
  if (!(await mayCreate(context, runner))) throw forbidden("Insufficient permissions");
  const flaws = flawsOf(runner);
  if (flaws.length > 0) throw fixedError(400, `400 Bad request - ${flaws.join(", ")}`);
  const { id, token } = await register(context.store, runnerOf(runner, viewer.id));
  return { status: 201, body: { id, token, token_expires_at: null } };
};
