import { setTimeout as pause } from "node:timers/promises";
import type { components } from "../generated/dev-types.ts";
import type { Exchange } from "../http/dialect.ts";
import type { DialectServer } from "../http/request-pipeline.ts";
import { breakBody, isBodyFault } from "./body-faults.ts";

type Schemas = components["schemas"];
export type NewFault = Schemas["new-fault"];
type Fault = Schemas["fault"];

const DEFAULT_SECONDS = 60;
const DEFAULT_MS = 1000;

interface Rule {
  readonly fault: Fault;
  /** Requests that it has met. */
  met: number;
}

/** Whom it was that a fault befell, for the journal. */
const befallen = new WeakMap<object, string>();
export const faultOf = ({ res }: Pick<Exchange, "res">): string | undefined => befallen.get(res);

/** What is to go wrong with which requests. */
export class Faults {
  #rules: Rule[] = [];
  #last = 0;

  add(fault: NewFault): Fault {
    this.#last += 1;
    const rule = { fault: { ...fault, id: this.#last }, met: 0 };
    this.#rules.push(rule);
    return rule.fault;
  }

  /** Oldest first. */
  get all(): Fault[] {
    return this.#rules.map(({ fault }) => fault);
  }

  /** False when there is none of this number. */
  end(id: number): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter(({ fault }) => fault.id !== id);
    return this.#rules.length < before;
  }

  clear(): void {
    this.#rules = [];
  }

  /** Lets go wrong what shall: first all delays, then the oldest other. True when that answered. */
  async apply(exchange: Exchange, server: DialectServer): Promise<boolean> {
    if (this.#rules.length === 0) return false;
    const met = this.#rules.filter(({ fault }) => concerns(fault, exchange, server));
    const due = met.filter(isDue).map(({ fault }) => fault);
    this.#rules = this.#rules.filter((rule) => !isOver(rule));
    for (const { kind, milliseconds = DEFAULT_MS } of due) {
      if (kind !== "delay") continue;
      befallen.set(exchange.res, kind);
      await pause(milliseconds);
    }
    const broken = due.find(({ kind }) => isBodyFault(kind));
    if (broken !== undefined && isBodyFault(broken.kind)) {
      befallen.set(exchange.res, broken.kind);
      breakBody(exchange, broken.kind, broken.milliseconds ?? DEFAULT_MS);
    }
    const other = due.find(({ kind }) => kind !== "delay" && !isBodyFault(kind));
    if (other === undefined) return false;
    const { kind, seconds = DEFAULT_SECONDS, status, message } = other;
    befallen.set(exchange.res, kind);
    if (kind === "drop") exchange.req.socket.destroy();
    else await server.answerWithFault(exchange, kind, seconds, { status, message });
    return true;
  }
}

function concerns(rule: Fault, { dialect, match }: Exchange, { faults }: DialectServer): boolean {
  if (rule.dialect !== undefined && !dialect.startsWith(rule.dialect)) return false;
  if (rule.operation !== undefined && rule.operation !== match?.target.id) return false;
  const { kind } = rule;
  return kind === "delay" || kind === "drop" || isBodyFault(kind) || faults.has(kind);
}

/** Counts the request, too. */
function isDue(rule: Rule): boolean {
  rule.met += 1;
  return rule.met > (rule.fault.skip ?? 0);
}

const isOver = ({ met, fault: { skip = 0, times } }: Rule): boolean =>
  times !== undefined && met >= skip + times;
