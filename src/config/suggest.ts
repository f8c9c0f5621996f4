/** How many letters must be put in, taken out or exchanged to make one word of the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let place = 0; place < from.length; place += 1) {
    const next = [place + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const exchanged = (row[column - 1] ?? 0) + (from[place] === to[column - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** The known word that is nearest to another; the first of equally near ones. */
export function nearest(word: string, known: Iterable<string>): string {
  let [best, least] = ["", Number.POSITIVE_INFINITY];
  for (const candidate of known) {
    const apart = distance(word, candidate);
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best;
}
