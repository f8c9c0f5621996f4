import { ID_SLOTS, slotOf } from "../cache/versions.ts";
import { FOLLOWED_HIDDEN, FOLLOWER_HIDDEN, keyOfList, listOf } from "./follows/edge-queries.ts";
import type { Store } from "./store.ts";

/** An edge as the database had it when it came or went. */
interface ChangedEdge {
  followerId: number;
  followedId: number;
  seq: number;
  hidden: number;
}

/**
 * What each change makes stale. A rule calls the function of what it changed, after its commit;
 * nothing else clears a cache.
 */
export const invalidate = {
  /** An edge came (`by` 1) or went (-1): both ends, and the offsets of the lists that show it. */
  followChanged(store: Store, edge: ChangedEdge, by: 1 | -1): void {
    const { followerId, followedId, seq, hidden } = edge;
    const { followVersions, listOffsets } = store;
    followVersions.touch(followerId, followedId);
    if ((hidden & FOLLOWER_HIDDEN) === 0) {
      const isVisible = (hidden & FOLLOWED_HIDDEN) === 0;
      listOffsets.moved(keyOfList(listOf("followers-by-time", followedId, isVisible)), seq, by);
      listOffsets.moved(
        keyOfList(listOf("followers-by-id", followedId, isVisible)),
        followerId,
        by,
      );
    }
    if ((hidden & FOLLOWED_HIDDEN) === 0) {
      const isVisible = (hidden & FOLLOWER_HIDDEN) === 0;
      listOffsets.moved(keyOfList(listOf("following", followerId, isVisible)), followedId, by);
    }
  },

  /** A block ended the follows between two users, whichever there were. */
  followsEnded(store: Store, ...ids: [number, number]): void {
    store.followVersions.touch(...ids);
    store.listOffsets.clear();
  },

  /** A user came: lists of users and searches. */
  userCreated(store: Store): void {
    store.userListVersions.touchAll();
  },

  /** A user's row, addresses, identities or ways to sign in changed, but not their follows. */
  userChanged(store: Store, id: number): void {
    store.profileVersions.touch(id);
    store.userListVersions.touchAll();
    store.credentials.clear();
    store.ids.clear();
  },

  /** A user was active: their row shows it, no list does. */
  userActive(store: Store, id: number): void {
    store.userRows.delete(id);
  },

  /** A token was revoked, or what it may do changed. */
  tokensChanged(store: Store): void {
    store.credentials.clear();
  },

  /** Users came into sight or left it with their follows, or changes are not known one by one. */
  everything(store: Store): void {
    store.followVersions.touchAll();
    store.profileVersions.touchAll();
    store.userListVersions.touchAll();
    store.listOffsets.clear();
    store.credentials.clear();
    store.ids.clear();
  },

  /**
   * Other processes changed users of these slots; from 64 on they say who there is. Undefined
   * stands for everything.
   */
  slotsMoved(store: Store, slots: readonly number[] | undefined): void {
    if (slots === undefined) {
      invalidate.everything(store);
      return;
    }
    const moved = new Set(slots);
    store.profileVersions.touchSlots(slots.filter((slot) => slot < ID_SLOTS));
    store.userListVersions.touchAll();
    for (const [text, { user }] of store.credentials.entries()) {
      if (moved.has(slotOf(user.id))) store.credentials.delete(text);
    }
    for (const [name, id] of store.ids.entries()) if (moved.has(slotOf(id))) store.ids.delete(name);
  },

  /**
   * Makes what is remembered as of a moment after the call. Undefined where that took no waiting;
   * else nothing that is remembered may be used before it resolves.
   */
  catchUp(store: Store): Promise<void> | undefined {
    const { changes } = store.engine;
    if (changes.committedElsewhere()) invalidate.everything(store);
    return changes.catchUp?.();
  },
};
