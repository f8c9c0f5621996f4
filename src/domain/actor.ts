/** On whose account changes are made: what an audit row says of the request behind it. */
export interface Actor {
  /** Who acts; undefined for an anonymous request and for the program itself. */
  readonly id?: number | undefined;
  readonly username?: string | undefined;
  /** In whose name, where the actor stands in for a user. */
  readonly onBehalfOf?: { readonly id: number; readonly username: string } | undefined;
  /** Through which door: a dialect, the pages, the command line. */
  readonly via?: string | undefined;
  readonly address?: string | undefined;
  readonly tokenId?: number | undefined;
  readonly sessionId?: number | undefined;
  readonly requestId?: string | undefined;
  readonly operation?: string | undefined;
}
