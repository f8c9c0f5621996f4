/** What makes pages better where scripts run. Without it every link and form works as well. */

for (const element of document.querySelectorAll<HTMLTimeElement>("time[datetime]"))
  showTime(element);

/** A time in the reader's language and zone. */
function showTime(element: HTMLTimeElement): void {
  const date = new Date(element.dateTime);
  const day: Intl.DateTimeFormatOptions = { dateStyle: "medium" };
  const options = element.dataset.day === undefined ? { ...day, timeStyle: "short" as const } : day;
  element.title = element.dateTime;
  element.textContent = new Intl.DateTimeFormat(undefined, options).format(date);
}

/** Buttons of a form marked so change a part of the page without loading it anew. */
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const part = form.dataset.swap;
  if (part === undefined || event.defaultPrevented) return;
  event.preventDefault();
  const button = event.submitter as HTMLButtonElement | null;
  const label = button?.textContent ?? "";
  if (button !== null) button.disabled = true;
  // A button of a list says itself where it leads.
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  void swap(form, part).then((isDone) => {
    if (!isDone) form.submit();
    else announce(`${label.trim()}: done`);
  });
});

async function swap(form: HTMLFormElement, part: string): Promise<boolean> {
  try {
    const body = new URLSearchParams(
      [...new FormData(form)].map(([name, value]) => [
        name,
        typeof value === "string" ? value : "",
      ]),
    );
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "text/html" },
    });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return replace(page, part);
  } catch {
    return false;
  }
}

function replace(page: Document, part: string): boolean {
  const next = page.getElementById(part);
  const now = document.getElementById(part);
  if (next === null || now === null) return false;
  // A button that was pressed is disabled, and has lost the focus to the page.
  const buttons = [...now.querySelectorAll("button")];
  const place = buttons.findIndex((each) => each.disabled || each === document.activeElement);
  now.replaceWith(next);
  for (const element of next.querySelectorAll<HTMLTimeElement>("time[datetime]")) showTime(element);
  if (place !== -1) next.querySelectorAll("button")[place]?.focus();
  return true;
}

/** Says something to a screen reader. */
function announce(text: string): void {
  let region = document.getElementById("announcements");
  if (region === null) {
    region = document.createElement("p");
    region.id = "announcements";
    region.className = "hidden";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}

/** A search whose results come as its user types. */
const search = document.querySelector<HTMLInputElement>("input[data-live]");
if (search !== null) {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void find(search), 200);
  });
  const find = async ({ value, form }: HTMLInputElement) => {
    asked += 1;
    const mine = asked;
    const address = `${form?.action ?? "/search"}?q=${encodeURIComponent(value)}`;
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (mine !== asked || !answer.ok) return;
    replace(new DOMParser().parseFromString(text, "text/html"), "results");
    history.replaceState(undefined, "", address);
  };
}

/** A button that copies a text shown beside it. */
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.copy ?? "")?.textContent ?? "";
    void navigator.clipboard.writeText(text.trim()).then(() => announce("Copied"));
  });
}

/** One box that ticks all of its table. */
for (const box of document.querySelectorAll<HTMLInputElement>("input[data-all]")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    const table = box.closest("table");
    for (const each of table?.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]") ??
      [])
      each.checked = box.checked;
  });
}

/** A page that shows how far something is asks again until it is done. */
const running = document.querySelector<HTMLElement>("[data-refresh]");
if (running !== null) {
  const again = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    replace(page, running.id);
    if (document.querySelector("[data-refresh]") !== null) setTimeout(() => void again(), 500);
  };
  setTimeout(() => void again(), 500);
}
