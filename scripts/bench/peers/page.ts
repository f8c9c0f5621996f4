import { existsSync, readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../../../docs/performance.md", import.meta.url);
const [BEGIN, END] = ["<!-- made by npm run bench-peers -->", "<!-- end of bench-peers -->"];
const FRAME = `# Performance beside other servers

${BEGIN}
${END}
`;

/** Puts the text between the marks of the page, and leaves the rest of it as it is. */
export function writePage(text: string): void {
  const page = existsSync(FILE) ? readFileSync(FILE, "utf8") : FRAME;
  const whole = page.includes(BEGIN) ? page : `${page.trimEnd()}\n\n${BEGIN}\n${END}\n`;
  const before = whole.slice(0, whole.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(FILE, `${before}\n\n${text}\n\n${whole.slice(whole.indexOf(END))}`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
