import { ModernFakeTimers } from "@jest/fake-timers";
import { ModuleMocker } from "jest-mock";
import type { Globals } from "./globals.ts";

type FakeTimersConfig = ConstructorParameters<typeof ModernFakeTimers>[0]["config"];

const TEST_TIMEOUT = Symbol.for("TEST_TIMEOUT_SYMBOL");

/**
 * Tests in node's own realm, in place of one for each test file: the product's modules and its
 * packages are loaded and compiled once a worker. What jest puts into the global object is taken
 * out again after each file.
 */
export default class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern: ModernFakeTimers;
  readonly #console = globalThis.console;
  readonly #exit = Object.getOwnPropertyDescriptor(process, "exit") ?? {};

  constructor({ projectConfig: config }: { projectConfig: FakeTimersConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  /** The members of `jest` that tests have a use for. */
  jest(): Globals["jest"] {
    const { moduleMocker: mocker, fakeTimersModern: timers } = this;
    return {
      fn: mocker.fn.bind(mocker),
      spyOn: mocker.spyOn.bind(mocker),
      clearAllMocks: () => mocker.clearAllMocks(),
      useFakeTimers: (options) => timers.useFakeTimers(options),
      useRealTimers: () => timers.useRealTimers(),
      advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
      setTimeout: (ms) => Object.assign(globalThis, { [TEST_TIMEOUT]: ms }),
    };
  }

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    globalThis.console = this.#console;
    Object.defineProperty(process, "exit", this.#exit);
    Reflect.deleteProperty(globalThis, TEST_TIMEOUT);
  }

  exportConditions(): string[] {
    return ["node", "node-addons"];
  }

  getVmContext(): null {
    return null;
  }
}
