import {
  type DocumentAtOrigin,
  type DocumentName,
  documents,
  type ServedDocument,
  type Text,
} from "./documents.ts";
import { policyOf, renderDocsPage } from "./page.ts";
import { readScript, type Script } from "./script.ts";

/** What can be asked of a server, for people and for programs. */
export interface Docs {
  /** Undefined for a dialect that is not spoken. */
  document(name: string, origin: string): Promise<DocumentAtOrigin | undefined>;
  page(): Promise<Text>;
  /** What the page may do, when it is shown by a server at this origin. */
  policyOf(origin: string): string;
  script(): Promise<Script>;
}

/** Reads what is shown when it is first shown, and keeps it. */
export function openDocs(served: readonly ServedDocument[]): Docs {
  const names: DocumentName[] = served.map(({ name }) => name);
  let script: Promise<Script> | undefined;
  const scriptOnce = () => {
    script ??= readScript();
    return script;
  };
  return {
    document: documents(served),
    script: scriptOnce,
    policyOf,
    page: async () => renderDocsPage(names, (await scriptOnce()).hash),
  };
}
