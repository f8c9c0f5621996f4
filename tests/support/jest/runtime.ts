import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { lowerPasswordCost } from "../password-cost.ts";
import type SharedEnvironment from "./environment.ts";
import { type Globals, setGlobals } from "./globals.ts";

const require = createRequire(import.meta.url);

// The package of that name throws outside of jest's own runtime.
const GLOBALS = new URL("globals.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@jest/globals"
      ? { url: GLOBALS, format: "module-typescript", shortCircuit: true }
      : next(specifier, context),
});

lowerPasswordCost();

/** How often this process has run each test file: one that runs again is loaded again. */
const runs = new Map<string, number>();

/**
 * In place of jest's runtime, which compiles all modules of the product and of its packages anew in
 * a realm of its own for each test file: half a second of each.
 * Test files are imported by node itself, and share the modules that they import.
 */
export default class SharedRuntime {
  readonly #environment: SharedEnvironment;

  constructor(
    _config: unknown,
    environment: SharedEnvironment,
    _resolver: unknown,
    _transformer: unknown,
    _sources: unknown,
    { collectCoverage }: { collectCoverage: boolean },
  ) {
    if (collectCoverage) throw new Error("Coverage: set NODE_V8_COVERAGE, modules are node's own.");
    this.#environment = environment;
  }

  /** Jest's own modules; the one with a test file's state is new for each. */
  requireInternalModule(path: string): unknown {
    Reflect.deleteProperty(require.cache, path);
    return require(path);
  }

  requireModule(path: string): unknown {
    return require(path);
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  async unstable_importModule(path: string): Promise<void> {
    const before = runs.get(path) ?? 0;
    runs.set(path, before + 1);
    await import(`${pathToFileURL(path).href}${before === 0 ? "" : `?run=${before + 1}`}`);
  }

  setGlobalsForRuntime(globals: Omit<Globals, "jest">): void {
    setGlobals({ ...globals, jest: this.#environment.jest() });
  }

  getSourceMaps(): Map<string, string> {
    return new Map();
  }

  enterTestCode(): void {}
  leaveTestCode(): void {}
  teardown(): void {}
  getAllCoverageInfoCopy(): undefined {}
}
