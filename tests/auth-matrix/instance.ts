import { LINKS } from "./cast.ts";
import type { Request, Table } from "./row.ts";

interface Row extends Request {
  readonly ok: number;
}

const open = (more: Request = {}, ok = 200): Row => ({ ok, ...more });
const confirmation = { query: `token=${LINKS.confirm_email}` };
const password = { query: `token=${LINKS.reset_password}` };

/** No credential is asked for here, and none opens or shuts anything. */
export const table: Table<Row> = {
  prefix: "",
  show: (text) => ({ authorization: `Bearer ${text}` }),
  rows: {
    health: open(),
    liveness: open(),
    readiness: open(),
    status: open(),
    // To callers on the same machine; tests/instance/metrics.test.ts has those from elsewhere.
    metrics: open(),
    docs: open(),
    // Its name follows from what it says; tests/instance/docs.test.ts has the right one.
    docsScript: open({ path: { file: "reference-0123456789abcdef.js" } }, 404),
    openapi: open({ path: { file: "github.json" } }),
    avatar: open(),
    uploadedAvatar: open({ path: { file: "none.png" } }, 404),
    askForConfirmation: open(confirmation),
    "askForConfirmation: no such link": open({ query: "token=x" }, 404),
    confirmEmail: open(confirmation),
    askForPassword: open(password),
    "askForPassword: another purpose": open(confirmation, 404),
    choosePassword: open({ ...password, body: new URLSearchParams("password=tr0mbone%20quay") }),
    "choosePassword: no such link": open(
      { query: "token=x", body: new URLSearchParams("password=tr0mbone%20quay") },
      404,
    ),
  },
  expected: ({ ok }) => ok,
  // The holder of the link that was mailed to una is taken for una.
  runsFor: () => "una",
  tells: new Set(),
  adminsSeeAll: false,
};
