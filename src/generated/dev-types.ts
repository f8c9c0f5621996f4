// Made by scripts/generate/index.ts; do not edit.
export interface paths {
    "/-/dev": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The world that is asked, with the tokens that it began with */
        get: operations["world"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/worlds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names of all worlds that have had a request */
        get: operations["worlds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/worlds/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a world; the next request to it makes a new one */
        delete: operations["endWorld"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put everything back to how it began */
        post: operations["reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token for a user, who is made if missing */
        post: operations["giveToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a user, with any member that a seed takes */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change any member of a user; follows and blocks are added */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/-/dev/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add contributions, one or several, as GitLab's API shows them */
        post: operations["addEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Name a group, so that runners and memberships can be its */
        put: operations["nameGroup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Name a project, so that runners and memberships can be its */
        put: operations["nameProject"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names of what was kept */
        get: operations["snapshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/snapshots/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the rows as they are now */
        put: operations["keep"];
        post?: never;
        /** Keep them no longer */
        delete: operations["drop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/snapshots/{name}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring back what was kept */
        post: operations["restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers that the next ones get */
        get: operations["ids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say which numbers the next ones get; numbers only grow */
        patch: operations["setIds"];
        trace?: never;
    };
    "/-/dev/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the clock shows */
        get: operations["clock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set, stop or start the clock */
        patch: operations["setClock"];
        trace?: never;
    };
    "/-/dev/clock/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the clock forwards, or back */
        post: operations["moveClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What goes wrong */
        get: operations["faults"];
        put?: never;
        /** Let something go wrong */
        post: operations["addFault"];
        /** Let nothing go wrong any more */
        delete: operations["endFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/faults/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let this not go wrong any more */
        delete: operations["endFault"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/-/dev/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much callers may do */
        get: operations["limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say how much callers may do; what was counted by now is forgotten */
        patch: operations["setLimits"];
        trace?: never;
    };
    "/-/dev/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked and answered, and what the descriptions refuse in the answers */
        get: operations["requests"];
        put?: never;
        post?: never;
        /** Forget them */
        delete: operations["forgetRequests"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Any members of a user; docs/operations.md lists them. */
        "user-members": {
            [key: string]: unknown;
        };
        token: {
            username: string;
            id: number;
            scopes: string[];
            token: string;
        };
        world: {
            name: string;
            version: string;
            random_seed: string;
            tokens: components["schemas"]["token"][];
        };
        "some-ids": {
            users?: components["schemas"]["number"];
            tokens?: components["schemas"]["number"];
            emails?: components["schemas"]["number"];
            keys?: components["schemas"]["number"];
            gpg_keys?: components["schemas"]["number"];
            events?: components["schemas"]["number"];
            runners?: components["schemas"]["number"];
        };
        ids: {
            users: components["schemas"]["number"];
            tokens: components["schemas"]["number"];
            emails: components["schemas"]["number"];
            keys: components["schemas"]["number"];
            gpg_keys: components["schemas"]["number"];
            events: components["schemas"]["number"];
            runners: components["schemas"]["number"];
        };
        number: number;
        limit: number;
        "some-limits": {
            rate_limit?: components["schemas"]["limit"];
            rate_limit_anonymous?: number;
            rate_limit_writes?: components["schemas"]["limit"];
            lookup_limit?: components["schemas"]["limit"];
            follow_limit?: components["schemas"]["limit"];
        };
        limits: {
            rate_limit: components["schemas"]["limit"];
            rate_limit_anonymous: number;
            rate_limit_writes: components["schemas"]["limit"];
            lookup_limit: components["schemas"]["limit"];
            follow_limit: components["schemas"]["limit"];
        };
        /** @enum {string} */
        "fault-kind": "delay" | "drop" | "status" | "broken-json" | "cut-body" | "slow-body" | "server-error" | "bad-gateway" | "unavailable" | "gateway-timeout" | "primary-limit" | "secondary-limit" | "throttled" | "too-many-requests";
        "new-fault": {
            kind: components["schemas"]["fault-kind"];
            /** @enum {string} */
            dialect?: "github" | "gitlab";
            operation?: string;
            status?: number;
            message?: string;
            milliseconds?: number;
            seconds?: number;
            skip?: number;
            times?: number;
        };
        fault: {
            kind: components["schemas"]["fault-kind"];
            /** @enum {string} */
            dialect?: "github" | "gitlab";
            operation?: string;
            status?: number;
            message?: string;
            milliseconds?: number;
            seconds?: number;
            skip?: number;
            times?: number;
            id: number;
        };
        request: {
            number: number;
            /** Format: date-time */
            time: string;
            method: string;
            path: string;
            dialect: string;
            operation: string | null;
            status: number;
            /** @description The username of the caller; null for an anonymous one. */
            user: string | null;
            /** @description As they came, with names in small letters and without credentials. */
            headers: {
                [key: string]: string;
            };
            /** @description JSON and forms as they were read, without secrets; null where there was none. */
            body: unknown;
            fault: string | null;
            refused: string[];
        };
    };
    responses: {
        /** @description The user. */
        user: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    id: number;
                    username: string;
                };
            };
        };
        /** @description Names. */
        names: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": string[];
            };
        };
        /** @description The numbers. */
        ids: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ids"];
            };
        };
        /** @description What it shows. */
        clock: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** Format: date-time */
                    time: string;
                    frozen: boolean;
                };
            };
        };
        /** @description The limits; 0 is none. */
        limits: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["limits"];
            };
        };
        /** @description Anything else. */
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
        "source-id": number;
        name: string;
    };
    requestBodies: {
        source: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    world: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["world"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    worlds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["names"];
            default: components["responses"]["error"];
        };
    };
    endWorld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is back. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    giveToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    name?: string;
                    description?: string;
                    scopes?: string[];
                    permissions?: {
                        [key: string]: "read" | "write";
                    } | string[];
                    expires_at?: string;
                    /** @enum {string} */
                    kind?: "personal" | "impersonation";
                    token?: string;
                };
            };
        };
        responses: {
            /** @description The token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["token"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["user-members"];
            };
        };
        responses: {
            201: components["responses"]["user"];
            default: components["responses"]["error"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["user-members"];
            };
        };
        responses: {
            200: components["responses"]["user"];
            default: components["responses"]["error"];
        };
    };
    addEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | Record<string, never>[];
            };
        };
        responses: {
            /** @description How many were not there yet. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: number;
                    };
                };
            };
            default: components["responses"]["error"];
        };
    };
    nameGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["source-id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["source"];
        responses: {
            /** @description It has the name. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    nameProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["source-id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["source"];
        responses: {
            /** @description It has the name. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    snapshots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["names"];
            default: components["responses"]["error"];
        };
    };
    keep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are kept. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    drop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is back. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    ids: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ids"];
            default: components["responses"]["error"];
        };
    };
    setIds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["some-ids"];
            };
        };
        responses: {
            200: components["responses"]["ids"];
            default: components["responses"]["error"];
        };
    };
    clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["clock"];
            default: components["responses"]["error"];
        };
    };
    setClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    time?: string;
                    frozen?: boolean;
                };
            };
        };
        responses: {
            200: components["responses"]["clock"];
            default: components["responses"]["error"];
        };
    };
    moveClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    seconds: number;
                };
            };
        };
        responses: {
            200: components["responses"]["clock"];
            default: components["responses"]["error"];
        };
    };
    faults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["fault"][];
                };
            };
            default: components["responses"]["error"];
        };
    };
    addFault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new-fault"];
            };
        };
        responses: {
            /** @description It does now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["fault"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    endFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    endFault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
    limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["limits"];
            default: components["responses"]["error"];
        };
    };
    setLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["some-limits"];
            };
        };
        responses: {
            200: components["responses"]["limits"];
            default: components["responses"]["error"];
        };
    };
    requests: {
        parameters: {
            query?: {
                since?: number;
                refused?: boolean;
                dialect?: string;
                operation?: string;
                method?: string;
                status?: number;
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest ones, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["request"][];
                };
            };
            default: components["responses"]["error"];
        };
    };
    forgetRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are forgotten. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["error"];
        };
    };
}
