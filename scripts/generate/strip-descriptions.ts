/** Maps whose keys are the vendor's names, not words of OpenAPI: a property may be a `summary`. */
const maps = new Set(["properties", "paths", "schemas", "scopes", "mapping"]);

/** Copies an OpenAPI value without the members that only people read. */
export function withoutProse(value: unknown, isProse: (key: string) => boolean): unknown {
  return copy(value, isProse, false);
}

function copy(value: unknown, isProse: (key: string) => boolean, isMap: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, isProse, false));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => isMap || !isProse(key));
  return Object.fromEntries(
    kept.map(([key, member]) => [key, copy(member, isProse, !isMap && maps.has(key))]),
  );
}
