/** The author of changes: the columns of an audit row about its request. */
export interface Actor {
  /** Who acts; undefined for an anonymous request and for the program itself. */
  readonly id?: number | undefined;
  readonly username?: string | undefined;
  /** The user that the actor impersonates. */
  readonly onBehalfOf?: { readonly id: number; readonly username: string } | undefined;
  /** Through which door: a dialect, the pages, the command line. */
  readonly via?: string | undefined;
  readonly address?: string | undefined;
  readonly tokenId?: number | undefined;
  readonly sessionId?: number | undefined;
  readonly requestId?: string | undefined;
  readonly operation?: string | undefined;
}
