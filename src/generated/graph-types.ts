// Made by scripts/generate/index.ts; do not edit.
export interface paths {
    "/-/graph/{username}/neighbourhood": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users around a user, and all follows among them
         * @description Neighbours to a depth of one or two. Two who follow each other stand in one edge, which is mutual. `truncated` says that there is more than is shown.
         */
        get: operations["neighbourhood"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/graph/{username}/mutuals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those whom a user follows and who follow back */
        get: operations["mutuals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/graph/{username}/non-mutuals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those whom a user follows and who do not follow back */
        get: operations["nonMutuals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/graph/{username}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People to follow
         * @description Users followed by those whom a user follows, and not by the user; those with most ties first, then by id. A hundred at most.
         */
        get: operations["suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/graph/{username}/common/{target_user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom two users both follow, or who follows both */
        get: operations["common"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/graph/{username}/path/{target_user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A shortest path from one user to another along follows
         * @description Each user on it follows the next one. `path` is null where there is none; `is_bounded` then says that the search came to its bound, so that a longer one may be there.
         */
        get: operations["path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        user: {
            id: number;
            username: string;
            name: string;
            followers: number;
            following: number;
        };
        node: {
            id: number;
            username: string;
            name: string;
            followers: number;
            following: number;
            depth: number;
        };
        edge: {
            /** @description The id of the follower. */
            source: number;
            /** @description The id of the followed user. */
            target: number;
            mutual: boolean;
        };
        neighbourhood: {
            center: components["schemas"]["user"];
            /** @description The user in the middle first. */
            nodes: components["schemas"]["node"][];
            edges: components["schemas"]["edge"][];
            truncated: boolean;
        };
        page: {
            users: components["schemas"]["user"][];
            /** @description Where the next part begins; null at the end. */
            next: number | null;
        };
        suggestions: {
            users: {
                id: number;
                username: string;
                name: string;
                followers: number;
                following: number;
                /** @description How many of those whom the user follows also follow this one. */
                ties: number;
            }[];
        };
        path: {
            path: components["schemas"]["user"][] | null;
            is_bounded: boolean;
        };
    };
    responses: {
        /** @description It was refused; `error` says why. */
        error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: string;
                };
            };
        };
    };
    parameters: {
        /** @description A username, in any case. */
        username: string;
        /** @description A username, in any case. */
        target_user: string;
        /** @description Where this part begins, `next` of the part before. */
        after: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    neighbourhood: {
        parameters: {
            query?: {
                /** @description How many follows away a user may be. */
                depth?: 1 | 2;
                /** @description Users that are shown at most, beside the one in the middle. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description A username, in any case. */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The graph. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["neighbourhood"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    mutuals: {
        parameters: {
            query?: {
                /** @description Where this part begins, `next` of the part before. */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description A username, in any case. */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the users, by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["page"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    nonMutuals: {
        parameters: {
            query?: {
                /** @description Where this part begins, `next` of the part before. */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description A username, in any case. */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the users, by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["page"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    suggestions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A username, in any case. */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The users, ranked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["suggestions"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    common: {
        parameters: {
            query?: {
                /** @description `following` for those whom both follow, `followers` for those who follow both. */
                end?: "following" | "followers";
                /** @description Where this part begins, `next` of the part before. */
                after?: components["parameters"]["after"];
            };
            header?: never;
            path: {
                /** @description A username, in any case. */
                username: components["parameters"]["username"];
                /** @description A username, in any case. */
                target_user: components["parameters"]["target_user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the users, by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["page"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    path: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A username, in any case. */
                username: components["parameters"]["username"];
                /** @description A username, in any case. */
                target_user: components["parameters"]["target_user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The path, both ends included. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["path"];
                };
            };
            default: components["responses"]["error"];
        };
    };
}
