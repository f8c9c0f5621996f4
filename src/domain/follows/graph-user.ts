/** A user as the graph shows one. */
export interface GraphUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly followers: number;
  readonly following: number;
}

/** What the graph shows of a user and no more: callers hand in whole rows, secrets and all. */
export function toGraphUser(row: GraphUser): GraphUser {
  const { id, username, name, followers, following } = row;
  return { id, username, name, followers, following };
}

/** A user of a picture: how many follows away from its middle. */
export interface GraphNode extends GraphUser {
  readonly depth: number;
}

/** A follow between two nodes, or two where they follow each other. */
export interface GraphEdge {
  readonly source: number;
  readonly target: number;
  readonly mutual: boolean;
}
