/** A path of a document, cut at its slashes; `{name}` segments stand under one branch. */
interface Branch<Target> {
  fixed: Map<string, Branch<Target>>;
  parameter: Branch<Target> | undefined;
  targets: Map<string, Target>;
  names: readonly string[];
}

export interface Match<Target> {
  readonly target: Target;
  /** The values of the path's parameters, as they were spelled. */
  readonly path: Readonly<Record<string, string>>;
}

const branch = <Target>(): Branch<Target> => ({
  fixed: new Map(),
  parameter: undefined,
  targets: new Map(),
  names: [],
});

/** A broken escape stays as it is: no name or number has a percent sign, so it finds nothing. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Finds an operation by method and path in as many steps as the path has segments. Fixed segments
 * win over parameters; case, trailing slashes and empty segments count, as both vendors have it.
 */
export class Routes<Target> {
  readonly #root = branch<Target>();

  add(method: string, path: string, target: Target): void {
    let at = this.#root;
    const names: string[] = [];
    for (const segment of path.slice(1).split("/")) {
      if (segment.startsWith("{")) {
        names.push(segment.slice(1, -1));
        at.parameter ??= branch();
        at = at.parameter;
      } else {
        let next = at.fixed.get(segment);
        if (next === undefined) {
          next = branch();
          at.fixed.set(segment, next);
        }
        at = next;
      }
    }
    at.names = names;
    at.targets.set(method, target);
  }

  /** Undefined when no path or no method fits. */
  find(method: string, path: string): Match<Target> | undefined {
    if (!path.startsWith("/")) return undefined;
    const segments = path.slice(1).split("/");
    const values: string[] = [];
    const found = this.#walk(this.#root, segments, 0, method, values);
    if (found === undefined) return undefined;
    const named: Record<string, string> = {};
    for (const [place, name] of found.names.entries()) {
      const value = values[place] as string;
      named[name] = value.includes("%") ? decoded(value) : value;
    }
    return { target: found.targets.get(method) as Target, path: named };
  }

  #walk(
    at: Branch<Target>,
    segments: readonly string[],
    place: number,
    method: string,
    values: string[],
  ): Branch<Target> | undefined {
    if (place === segments.length) return at.targets.has(method) ? at : undefined;
    const segment = segments[place] as string;
    const fixed = at.fixed.get(segment);
    const found = fixed && this.#walk(fixed, segments, place + 1, method, values);
    if (found !== undefined) return found;
    if (at.parameter === undefined || segment === "") return undefined;
    values.push(segment);
    const below = this.#walk(at.parameter, segments, place + 1, method, values);
    if (below === undefined) values.pop();
    return below;
  }
}
