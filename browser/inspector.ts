/** The inspector of a server for tests: its world, and what is asked of it, as it comes. */
interface World {
  readonly name: string;
  readonly tokens: readonly { username: string; scopes: readonly string[]; token: string }[];
}
interface Entry {
  readonly number: number;
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly dialect: string;
  readonly operation: string | null;
  readonly status: number;
  readonly user: string | null;
  readonly fault: string | null;
  readonly refused: readonly string[];
}

const EVERY_MS = 1500;
const MAX_SHOWN = 200;
const at = (id: string) => document.getElementById(id);

async function read<T>(path: string): Promise<T | undefined> {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as T) : undefined;
}

/** A row of a table, of texts alone. */
function row(...texts: readonly string[]): HTMLTableRowElement {
  const line = document.createElement("tr");
  for (const text of texts) line.insertCell().textContent = text;
  return line;
}

function tokenRow({ username, scopes, token }: World["tokens"][number]): HTMLTableRowElement {
  const line = row(username, scopes.join(" "), "");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the token of ${username}`);
  button.addEventListener("click", () => void navigator.clipboard.writeText(token));
  const code = document.createElement("code");
  code.className = "key";
  code.textContent = token;
  line.cells[2]?.append(code, " ", button);
  return line;
}

async function showWorld(): Promise<void> {
  const world = await read<World>("/-/dev");
  const clock = await read<{ time: string }>("/-/dev/clock");
  const faults = (await read<readonly object[]>("/-/dev/faults")) ?? [];
  const [name, time, tokens, list] = [at("world"), at("clock"), at("tokens"), at("faults")];
  if (name !== null) name.textContent = world?.name ?? "unknown";
  if (time !== null) time.textContent = clock?.time ?? "unknown";
  tokens?.replaceChildren(...(world?.tokens ?? []).map(tokenRow));
  const items = faults.map((fault) => {
    const item = document.createElement("li");
    item.textContent = JSON.stringify(fault);
    return item;
  });
  if (items.length === 0)
    items.push(Object.assign(document.createElement("li"), { textContent: "Nothing goes wrong." }));
  list?.replaceChildren(...items);
}

let last = 0;
async function showRequests(): Promise<void> {
  const onlyRefused = (at("only-refused") as HTMLInputElement | null)?.checked === true;
  const fresh = (await read<readonly Entry[]>(`/-/dev/requests?since=${last}`)) ?? [];
  const body = at("requests") as HTMLTableSectionElement | null;
  for (const {
    number,
    time,
    method,
    path,
    status,
    dialect,
    operation,
    user,
    fault,
    refused,
  } of fresh) {
    last = Math.max(last, number);
    if (path.startsWith("/-/") || (onlyRefused && refused.length === 0)) continue;
    const by = `${dialect} ${operation ?? ""}${fault === null ? "" : ` (fault: ${fault})`}`;
    body?.prepend(
      row(
        time.slice(11, 19),
        `${method} ${path}`,
        String(status),
        by,
        user ?? "",
        refused.join("; "),
      ),
    );
  }
  while (body !== null && body.rows.length > MAX_SHOWN) body.deleteRow(-1);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-control]")) {
  button.addEventListener("click", () => {
    const { control = "", method = "POST", body } = button.dataset;
    const sent =
      body === undefined ? {} : { body, headers: { "Content-Type": "application/json" } };
    void fetch(control, { method, ...sent }).then((answer) => {
      const said = at("said");
      if (said !== null)
        said.textContent = `${button.textContent}: ${answer.ok ? "done" : answer.status}`;
      if (control === "/-/dev/reset") {
        last = 0;
        at("requests")?.replaceChildren();
      }
      return showWorld();
    });
  });
}
at("only-refused")?.addEventListener("change", () => {
  last = 0;
  at("requests")?.replaceChildren();
});

async function go(): Promise<void> {
  await showRequests().catch(() => undefined);
  setTimeout(() => void go(), EVERY_MS);
}
void showWorld();
void go();
