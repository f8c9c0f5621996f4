/** What can have happened: the words that events are kept and filtered by. */
const ACTIONS = [
  "created",
  "updated",
  "closed",
  "reopened",
  "pushed",
  "commented",
  "merged",
  "joined",
  "left",
  "destroyed",
  "expired",
  "approved",
] as const;

export type Action = (typeof ACTIONS)[number];

/** GitLab filters by one word and shows another. */
const SHOWN_NAMES: Partial<Record<Action, string>> = {
  commented: "commented on",
  created: "opened",
  expired: "removed due to membership expiration from",
  merged: "accepted",
  pushed: "pushed to",
  reopened: "opened",
};
const PUSHES: Readonly<Record<string, string>> = { created: "pushed new", removed: "deleted" };

/** Words that GitLab shows for another action than they name. */
const OTHERS: Readonly<Record<string, Action>> = {
  ...{ opened: "created", added: "created", imported: "created" },
  ...{ removed: "destroyed", deleted: "pushed", "pushed new": "pushed" },
};

const ACTION_OF: ReadonlyMap<string, Action> = new Map([
  ...ACTIONS.map((action) => [SHOWN_NAMES[action] ?? action, action] as const),
  ...ACTIONS.map((action) => [action, action] as const),
  ...Object.entries(OTHERS),
]);

/** Undefined for an unknown action name. */
export const findAction = (word: string): Action | undefined => ACTION_OF.get(word);

interface ShownAction {
  actionName: Action;
  targetType: string | null;
  /** What a push did to its branch or tag. */
  push: string | undefined;
}

/** The action's name as GitLab shows it. */
export function actionNameOf({ actionName, targetType, push }: ShownAction): string {
  if (push !== undefined) return PUSHES[push] ?? "pushed to";
  return actionName === "created" && isMade(targetType)
    ? "created"
    : (SHOWN_NAMES[actionName] ?? actionName);
}

/** Projects, wikis, designs and keys are created, all else is opened. */
const isMade = (targetType: string | null): boolean =>
  targetType === null || /^(?:Project|WikiPage|DesignManagement|Key|GpgKey)/.test(targetType);
