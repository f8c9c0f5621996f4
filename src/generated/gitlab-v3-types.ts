// Made by scripts/generate/index.ts; do not edit.
export interface paths {
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a password */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the current user */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your email addresses */
        get: operations["listCurrentUserEmails"];
        put?: never;
        /** Add an email address */
        post: operations["addCurrentUserEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/emails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an email address of yours */
        get: operations["getCurrentUserEmail"];
        put?: never;
        post?: never;
        /** Delete an email address of yours */
        delete: operations["deleteCurrentUserEmail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your SSH keys */
        get: operations["listCurrentUserKeys"];
        put?: never;
        /** Add an SSH key */
        post: operations["addCurrentUserKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an SSH key of yours */
        get: operations["getCurrentUserKey"];
        put?: never;
        post?: never;
        /** Delete an SSH key of yours */
        delete: operations["deleteCurrentUserKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["listUsers"];
        put?: never;
        /** Create a user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a single user */
        get: operations["getUser"];
        /** Modify a user */
        put: operations["updateUser"];
        post?: never;
        /** Delete a user */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user contribution events */
        get: operations["listUserEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{uid}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Block a user */
        put: operations["blockUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{uid}/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List email addresses of a user */
        get: operations["listUserEmails"];
        put?: never;
        /** Add an email address to a user */
        post: operations["addUserEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{uid}/emails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an email address of a user */
        delete: operations["deleteUserEmail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{uid}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List SSH keys of a user */
        get: operations["listUserKeys"];
        put?: never;
        /** Add an SSH key to a user */
        post: operations["addUserKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{uid}/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an SSH key of a user */
        delete: operations["deleteUserKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{uid}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Unblock a user */
        put: operations["unblockUser"];
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
        "new-session": {
            login?: string | null;
            email?: string | null;
            password?: string | null;
        };
        "parameter-error": {
            error: string;
        };
        refusal: {
            message: string;
        };
        "validation-error": {
            message: {
                [key: string]: string[];
            };
        };
        "token-error": {
            error: string;
            error_description: string;
            scope?: string;
        };
        "limit-error": {
            message: {
                error: string;
            };
        };
        /** @enum {string} */
        "user-state": "active" | "blocked" | "deactivated" | "banned" | "ldap_blocked" | "blocked_pending_approval";
        identity: {
            provider: string;
            extern_uid: string;
            saml_provider_id?: number | null;
        };
        "user-full": {
            /** @example John Smith */
            name: string;
            /** @example john_smith */
            username: string;
            /** Format: int64 */
            id: number;
            state: components["schemas"]["user-state"];
            /** Format: uri */
            avatar_url: string | null;
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at: string;
            is_admin: boolean;
            bio: string | null;
            location: string | null;
            skype: string | null;
            linkedin: string | null;
            twitter: string | null;
            website_url: string | null;
            organization: string | null;
            /** Format: date-time */
            last_sign_in_at: string | null;
            /** Format: date-time */
            confirmed_at: string | null;
            email: string;
            theme_id: number;
            color_scheme_id: number;
            projects_limit: number;
            /** Format: date-time */
            current_sign_in_at: string | null;
            identities: components["schemas"]["identity"][];
            can_create_group: boolean;
            can_create_project: boolean;
            two_factor_enabled: boolean;
            external: boolean;
        };
        "user-with-private-token": components["schemas"]["user-full"] & {
            private_token: string;
        };
        email: {
            /** Format: int64 */
            id: number;
            email: string;
        };
        "new-email": {
            email: string;
        };
        "email-or-null": {
            /** Format: int64 */
            id: number;
            email: string;
        } | null;
        "ssh-key": {
            /** Format: int64 */
            id: number;
            title: string;
            key: string;
            /** Format: date-time */
            created_at: string;
        };
        "new-key": {
            title: string;
            key: string;
        };
        "ssh-key-or-null": {
            /** Format: int64 */
            id: number;
            title: string;
            key: string;
            /** Format: date-time */
            created_at: string;
        } | null;
        "user-basic": {
            /** @example John Smith */
            name: string;
            /** @example john_smith */
            username: string;
            /** Format: int64 */
            id: number;
            state: components["schemas"]["user-state"];
            /** Format: uri */
            avatar_url: string | null;
            /** Format: uri */
            web_url: string;
        };
        "new-user": {
            email: string;
            password: string;
            name: string;
            username: string;
            skype?: string | null;
            linkedin?: string | null;
            twitter?: string | null;
            website_url?: string | null;
            organization?: string | null;
            projects_limit?: number | null;
            extern_uid?: string | null;
            provider?: string | null;
            bio?: string | null;
            location?: string | null;
            admin?: boolean | null;
            can_create_group?: boolean | null;
            external?: boolean | null;
            confirm?: boolean | null;
        };
        user: {
            /** @example John Smith */
            name: string;
            /** @example john_smith */
            username: string;
            /** Format: int64 */
            id: number;
            state: components["schemas"]["user-state"];
            /** Format: uri */
            avatar_url: string | null;
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at: string;
            is_admin: boolean;
            bio: string | null;
            location: string | null;
            skype: string | null;
            linkedin: string | null;
            twitter: string | null;
            website_url: string | null;
            organization: string | null;
        };
        "user-change": {
            email?: string | null;
            password?: string | null;
            name?: string | null;
            username?: string | null;
            skype?: string | null;
            linkedin?: string | null;
            twitter?: string | null;
            website_url?: string | null;
            organization?: string | null;
            projects_limit?: number | null;
            extern_uid?: string | null;
            provider?: string | null;
            bio?: string | null;
            location?: string | null;
            admin?: boolean | null;
            can_create_group?: boolean | null;
            external?: boolean | null;
        };
        "user-full-or-null": {
            /** @example John Smith */
            name: string;
            /** @example john_smith */
            username: string;
            /** Format: int64 */
            id: number;
            state: components["schemas"]["user-state"];
            /** Format: uri */
            avatar_url: string | null;
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at: string;
            is_admin: boolean;
            bio: string | null;
            location: string | null;
            skype: string | null;
            linkedin: string | null;
            twitter: string | null;
            website_url: string | null;
            organization: string | null;
            /** Format: date-time */
            last_sign_in_at: string | null;
            /** Format: date-time */
            confirmed_at: string | null;
            email: string;
            theme_id: number;
            color_scheme_id: number;
            projects_limit: number;
            /** Format: date-time */
            current_sign_in_at: string | null;
            identities: components["schemas"]["identity"][];
            can_create_group: boolean;
            can_create_project: boolean;
            two_factor_enabled: boolean;
            external: boolean;
        } | null;
        commit: {
            id: string;
            message: string;
            /** Format: date-time */
            timestamp: string;
            url: string;
            author: {
                name: string;
                email: string;
            };
        };
        "push-or-null": {
            before: string;
            after: string;
            ref: string;
            /** Format: int64 */
            user_id: number;
            user_name: string;
            repository: {
                name: string;
                url: string;
                description: string;
                homepage: string;
            };
            commits: components["schemas"]["commit"][];
            total_commits_count: number;
        } | null;
        event: {
            title: string | null;
            /** Format: int64 */
            project_id: number | null;
            action_name: string;
            /** Format: int64 */
            target_id: number | null;
            target_type: string | null;
            /** Format: int64 */
            author_id: number;
            data: components["schemas"]["push-or-null"];
            target_title: string | null;
            /** Format: date-time */
            created_at: string;
            note?: {
                [key: string]: unknown;
            };
            author: components["schemas"]["user-basic"];
            author_username: string;
        };
    };
    responses: {
        /** @description Any other error. */
        error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["parameter-error"] | components["schemas"]["refusal"] | components["schemas"]["validation-error"] | components["schemas"]["token-error"] | components["schemas"]["limit-error"];
                "text/plain": string;
            };
        };
        /** @description The user who signed in, with their private token. */
        user_with_private_token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-with-private-token"];
            };
        };
        /** @description A parameter, a decision or a model refuses. */
        bad_request: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["parameter-error"] | components["schemas"]["refusal"] | components["schemas"]["validation-error"];
            };
        };
        /** @description No credential, or a bad one. */
        unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["token-error"] | components["schemas"]["refusal"];
            };
        };
        /** @description The body is of a type that GitLab does not read. */
        unsupported_media_type: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["parameter-error"];
            };
        };
        /** @description Asked too often. */
        too_many_requests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["limit-error"];
                "text/plain": string;
            };
        };
        /** @description The caller, or for whom the request runs. */
        user_in_person: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-with-private-token"] | components["schemas"]["user-full"];
            };
        };
        /** @description The caller has it. */
        not_modified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The caller or the token may not. */
        forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["token-error"] | components["schemas"]["refusal"];
            };
        };
        /** @description No such thing, or no such route. */
        not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["parameter-error"] | components["schemas"]["refusal"];
            };
        };
        /** @description All of the user's secondary email addresses, not in pages. */
        emails: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["email"][];
            };
        };
        /** @description The email address. */
        email: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["email"];
            };
        };
        /** @description The email address as it was, or null. */
        email_deleted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["email-or-null"];
            };
        };
        /** @description All of the user's SSH keys, not in pages. */
        ssh_keys: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ssh-key"][];
            };
        };
        /** @description The SSH key. */
        ssh_key: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ssh-key"];
            };
        };
        /** @description The SSH key as it was, or null. */
        ssh_key_deleted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ssh-key-or-null"];
            };
        };
        /** @description Users; the longer form for administrators. */
        users_found: {
            headers: {
                "X-Total": components["headers"]["x-total"];
                "X-Total-Pages": components["headers"]["x-total-pages"];
                "X-Per-Page": components["headers"]["x-per-page"];
                "X-Page": components["headers"]["x-page"];
                "X-Next-Page": components["headers"]["x-next-page"];
                "X-Prev-Page": components["headers"]["x-prev-page"];
                Link: components["headers"]["link"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-full"][] | components["schemas"]["user-basic"][];
            };
        };
        /** @description The user as stored. */
        user_full: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-full"];
            };
        };
        /** @description The state or another user is in the way. */
        conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["refusal"];
            };
        };
        /** @description The user; the longer form for administrators. */
        user_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-full"] | components["schemas"]["user"];
            };
        };
        /** @description The user as they were, or null. */
        user_deleted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-full-or-null"];
            };
        };
        /** @description A page of events, the newest first. */
        page_of_events: {
            headers: {
                "X-Total": components["headers"]["x-total"];
                "X-Total-Pages": components["headers"]["x-total-pages"];
                "X-Per-Page": components["headers"]["x-per-page"];
                "X-Page": components["headers"]["x-page"];
                "X-Next-Page": components["headers"]["x-next-page"];
                "X-Prev-Page": components["headers"]["x-prev-page"];
                Link: components["headers"]["link"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["event"][];
            };
        };
        /** @description Whether anything changed. */
        state_changed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": boolean;
            };
        };
    };
    parameters: {
        /**
         * @description The number of the key or of the address.
         * @example 1
         */
        numbered: string;
        /** @description Which page of the list, from 1. */
        page: number;
        /** @description How many to a page, 20 if nothing is said and 100 at most. */
        "per-page": number;
        /**
         * @description The number of the user.
         * @example 2
         */
        id: string;
        /**
         * @description The number of the user.
         * @example 2
         */
        uid: string;
    };
    requestBodies: {
        "new-session": {
            content: {
                "application/json": components["schemas"]["new-session"];
                "application/x-www-form-urlencoded": components["schemas"]["new-session"];
                "multipart/form-data": components["schemas"]["new-session"];
            };
        };
        "new-email": {
            content: {
                "application/json": components["schemas"]["new-email"];
                "application/x-www-form-urlencoded": components["schemas"]["new-email"];
                "multipart/form-data": components["schemas"]["new-email"];
            };
        };
        "new-key": {
            content: {
                "application/json": components["schemas"]["new-key"];
                "application/x-www-form-urlencoded": components["schemas"]["new-key"];
                "multipart/form-data": components["schemas"]["new-key"];
            };
        };
        "new-user": {
            content: {
                "application/json": components["schemas"]["new-user"];
                "application/x-www-form-urlencoded": components["schemas"]["new-user"];
                "multipart/form-data": components["schemas"]["new-user"];
            };
        };
        "user-change": {
            content: {
                "application/json": components["schemas"]["user-change"];
                "application/x-www-form-urlencoded": components["schemas"]["user-change"];
                "multipart/form-data": components["schemas"]["user-change"];
            };
        };
    };
    headers: {
        "x-total": number;
        "x-total-pages": number;
        "x-per-page": number;
        "x-page": number;
        "x-next-page": string;
        "x-prev-page": string;
        /** @description The pages around this one. */
        link: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-session"];
        responses: {
            201: components["responses"]["user_with_private_token"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_in_person"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listCurrentUserEmails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["emails"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    addCurrentUserEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-email"];
        responses: {
            201: components["responses"]["email"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getCurrentUserEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key or of the address.
                 * @example 1
                 */
                id: components["parameters"]["numbered"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["email"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    deleteCurrentUserEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key or of the address.
                 * @example 1
                 */
                id: components["parameters"]["numbered"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["email_deleted"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    listCurrentUserKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_keys"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    addCurrentUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-key"];
        responses: {
            201: components["responses"]["ssh_key"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getCurrentUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key or of the address.
                 * @example 1
                 */
                id: components["parameters"]["numbered"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_key"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    deleteCurrentUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key or of the address.
                 * @example 1
                 */
                id: components["parameters"]["numbered"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_key_deleted"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                search?: string;
                username?: string;
                active?: boolean;
                blocked?: boolean;
                external?: boolean;
                skip_ldap?: boolean;
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["users_found"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-user"];
        responses: {
            201: components["responses"]["user_full"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["conflict"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_found"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["user-change"];
        responses: {
            200: components["responses"]["user_full"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_deleted"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            default: components["responses"]["error"];
        };
    };
    listUserEvents: {
        parameters: {
            query?: {
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
            };
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_events"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    blockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["state_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserEmails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["emails"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    addUserEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-email"];
        responses: {
            201: components["responses"]["email"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    deleteUserEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
                /**
                 * @description The number of the key or of the address.
                 * @example 1
                 */
                id: components["parameters"]["numbered"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["email"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_keys"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    addUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-key"];
        responses: {
            201: components["responses"]["ssh_key"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    deleteUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
                /**
                 * @description The number of the key or of the address.
                 * @example 1
                 */
                id: components["parameters"]["numbered"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_key"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    unblockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                uid: components["parameters"]["uid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["state_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
}
