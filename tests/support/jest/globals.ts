import type { ModernFakeTimers } from "@jest/fake-timers";
import type * as Jest from "@jest/globals";

/**
 * What `@jest/globals` means while tests run in shared modules: live bindings, as each test file
 * has a `describe` and an `it` of its own while the modules that helpers are in stay loaded.
 */
export type Globals = Pick<
  typeof Jest,
  ("describe" | "it" | "test" | "expect") | ("beforeAll" | "beforeEach" | "afterAll" | "afterEach")
> & { readonly jest: TestDouble };

type FakeTimers = NonNullable<Parameters<ModernFakeTimers["useFakeTimers"]>[0]>;

/** The members of `jest` that tests have a use for. */
type TestDouble = Pick<typeof Jest.jest, "fn" | "spyOn"> & {
  clearAllMocks(): void;
  useFakeTimers(options?: FakeTimers): void;
  useRealTimers(): void;
  advanceTimersByTime(ms: number): void;
  setTimeout(ms: number): void;
};

export let describe: Globals["describe"];
export let it: Globals["it"];
export let test: Globals["test"];
export let expect: Globals["expect"];
export let beforeAll: Globals["beforeAll"];
export let beforeEach: Globals["beforeEach"];
export let afterAll: Globals["afterAll"];
export let afterEach: Globals["afterEach"];
export let jest: Globals["jest"];

/** Points every import of `@jest/globals` at the functions of the test file that runs next. */
export function setGlobals(globals: Globals): void {
  ({ describe, it, test, expect, beforeAll, beforeEach, afterAll, afterEach, jest } = globals);
}
