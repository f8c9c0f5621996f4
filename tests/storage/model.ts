/** The follow graph as one would explain it: no counters, no marks, no indexes. */
export class Model {
  readonly names = new Map<number, string>();
  readonly #suspended = new Set<number>();
  readonly #blocks = new Set<string>();
  /** Oldest first. */
  #edges: { a: number; b: number; seq: number }[] = [];
  lastSeq = 0;

  add(id: number, name: string): void {
    this.names.set(id, name);
  }

  get ids(): number[] {
    return [...this.names.keys()];
  }

  isListed(id: number): boolean {
    return this.names.has(id) && !this.#suspended.has(id);
  }

  follow(a: number, b: number): boolean {
    const blocked = this.#blocks.has(`${a} ${b}`) || this.#blocks.has(`${b} ${a}`);
    const known = this.#edges.some((edge) => edge.a === a && edge.b === b);
    if (a === b || blocked || known || !this.names.has(a) || !this.names.has(b)) return false;
    this.lastSeq += 1;
    this.#edges.push({ a, b, seq: this.lastSeq });
    return true;
  }

  unfollow(a: number, b: number): boolean {
    const before = this.#edges.length;
    this.#edges = this.#edges.filter((edge) => edge.a !== a || edge.b !== b);
    return this.#edges.length < before;
  }

  block(a: number, b: number): void {
    this.#blocks.add(`${a} ${b}`);
    this.unfollow(a, b);
    this.unfollow(b, a);
  }

  unblock(a: number, b: number): void {
    this.#blocks.delete(`${a} ${b}`);
  }

  suspend(id: number): void {
    this.#suspended.add(id);
  }

  unsuspend(id: number): void {
    this.#suspended.delete(id);
  }

  remove(id: number): void {
    this.names.delete(id);
    this.#edges = this.#edges.filter(({ a, b }) => a !== id && b !== id);
    for (const pair of this.#blocks) {
      if (pair.split(" ").includes(String(id))) this.#blocks.delete(pair);
    }
  }

  isFollowing(a: number, b: number): boolean {
    const known = this.#edges.some((edge) => edge.a === a && edge.b === b);
    return known && this.isListed(a) && this.isListed(b);
  }

  /** Who is seen to follow a user, first come first. */
  followersOf(id: number): number[] {
    return this.#edges.filter(({ a, b }) => b === id && this.isListed(a)).map(({ a }) => a);
  }

  followingOf(id: number): number[] {
    const found = this.#edges.filter(({ a, b }) => a === id && this.isListed(b));
    return found.map(({ b }) => b).sort((x, y) => x - y);
  }

  /** As the table has them. */
  get rows() {
    return this.#edges.map(({ a, b, seq }) => ({
      follower_id: a,
      followed_id: b,
      seq,
      hidden: (this.isListed(a) ? 0 : 1) + (this.isListed(b) ? 0 : 2),
    }));
  }
}
