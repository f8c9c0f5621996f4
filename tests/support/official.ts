import { openOfficial } from "../../src/dev/ghes-description.ts";

export type { Answer } from "../../src/dev/request-log.ts";

const official = openOfficial();

/** GitHub's own description of what we serve. */
export const description = official.document;

/** What GitHub's own description would refuse in an answer; empty where it agrees or is silent. */
export const violationsOf = official.violationsOf.bind(official);
