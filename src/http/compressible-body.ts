import { type Accepted, type Coding, compress } from "./content-coding.ts";
import { SerializedBody } from "./handler.ts";

/** Requests for a coding after which a body is worth compressing. */
const HOT_REQUESTS = 3;
/** What is smaller fits a packet as it is. */
const MIN_BYTES = 1024;
/** Bodies that are compressed at the same time, of all; others wait for one more request. */
const MAX_AT_ONCE = 2;
let compressing = 0;

/** A form of a body. */
export interface Form {
  readonly text: Buffer | string;
  /** Undefined for the text as it is. */
  readonly coding: Coding | undefined;
}

interface Options {
  /** Called when a compressed form has come, which counts into `bytes`. */
  readonly grown?: () => void;
  /** Requests after which a form is made; 0 where the first one waits for it. */
  readonly hotRequests?: number;
}

/**
 * A body that is sent again and again, in the form that a client likes best. Each form is made once,
 * in a thread, when the body has been asked for in it some times; until then it is sent as it is.
 */
export class CompressibleBody<T> extends SerializedBody<T> {
  declare readonly text: Buffer;
  readonly #forms = new Map<Coding, Promise<Form> | Form>();
  readonly #requests = new Map<Coding, number>();
  readonly #grown: (() => void) | undefined;
  readonly #hotRequests: number;
  readonly #plain: Form;
  #formBytes = 0;

  constructor(
    { text, headers, type }: SerializedBody<T>,
    { grown, hotRequests = HOT_REQUESTS }: Options = {},
  ) {
    super(Buffer.from(text), headers, type);
    this.#plain = { text: this.text, coding: undefined };
    this.#grown = grown;
    this.#hotRequests = hotRequests;
  }

  /** Bytes of all forms. */
  get bytes(): number {
    return this.text.length + this.#formBytes;
  }

  /** The form for a client; only a client that does not take the text as it is has to wait. */
  formFor({ coding, takesPlain }: Accepted): Form | Promise<Form> {
    if (coding === undefined) return this.#plain;
    const form = this.#forms.get(coding);
    if (form !== undefined && !(form instanceof Promise)) return form;
    if (!takesPlain || this.#hotRequests === 0) return form ?? this.#make(coding);
    if (form === undefined) this.#count(coding);
    return this.#plain;
  }

  #count(coding: Coding): void {
    const requests = (this.#requests.get(coding) ?? 0) + 1;
    this.#requests.set(coding, requests);
    if (requests < this.#hotRequests || this.text.length < MIN_BYTES) return;
    if (compressing < MAX_AT_ONCE) this.#make(coding).catch(() => undefined);
  }

  #make(coding: Coding): Promise<Form> {
    compressing += 1;
    const making = compress(this.text, coding)
      .then((text) => {
        const form = { text, coding };
        this.#forms.set(coding, form);
        this.#formBytes += text.length;
        this.#grown?.();
        return form;
      })
      .catch((error: unknown) => {
        this.#forms.delete(coding);
        throw error;
      })
      .finally(() => {
        compressing -= 1;
      });
    this.#forms.set(coding, making);
    return making;
  }
}

interface Pages {
  weighPage(key: string, written: SerializedBody<unknown>): void;
}

/** A page for a cache, which weighs it anew with each form. */
export function compressiblePage<T>(pages: Pages, key: string, written: SerializedBody<T>) {
  const page: CompressibleBody<T> = new CompressibleBody(written, {
    grown: () => pages.weighPage(key, page),
  });
  return page;
}

/**
 * The form of any body for a client. One that is sent once is compressed only for clients that do
 * not take it as it is, which are few: that costs more than all the rest of an answer.
 */
export function formOf(body: SerializedBody<unknown>, accepted: Accepted): Form | Promise<Form> {
  if (body instanceof CompressibleBody) return body.formFor(accepted);
  const { coding, takesPlain } = accepted;
  const { text } = body;
  if (coding === undefined || takesPlain) return { text, coding: undefined };
  return compress(Buffer.from(text), coding).then((coded) => ({ text: coded, coding }));
}

/** Headers of a form. */
export const codingHeaders = ({ coding }: Form): readonly string[] =>
  coding === undefined ? [] : ["Content-Encoding", coding];
