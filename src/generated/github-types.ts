// Made by scripts/generate/index.ts; do not edit.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GitHub API Root */
        get: operations["meta/root"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List public keys */
        get: operations["enterprise-admin/list-public-keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{key_ids}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a public key */
        delete: operations["enterprise-admin/delete-public-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/ldap/users/{username}/mapping": {
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
        /** Update LDAP mapping for a user */
        patch: operations["enterprise-admin/update-ldap-mapping-for-user"];
        trace?: never;
    };
    "/admin/ldap/users/{username}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sync LDAP mapping for a user */
        post: operations["enterprise-admin/sync-ldap-mapping-for-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List personal access tokens */
        get: operations["enterprise-admin/list-personal-access-tokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a personal access token */
        delete: operations["enterprise-admin/delete-personal-access-token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user */
        post: operations["enterprise-admin/create-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a user */
        delete: operations["enterprise-admin/delete-user"];
        options?: never;
        head?: never;
        /** Update the username for a user */
        patch: operations["enterprise-admin/update-username-for-user"];
        trace?: never;
    };
    "/admin/users/{username}/authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an impersonation OAuth token */
        post: operations["enterprise-admin/create-impersonation-o-auth-token"];
        /** Delete an impersonation OAuth token */
        delete: operations["enterprise-admin/delete-impersonation-o-auth-token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/enterprises/{enterprise}/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the audit log for an enterprise */
        get: operations["enterprise-admin/get-audit-log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/enterprise/stats/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get users statistics */
        get: operations["enterprise-admin/get-user-stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List gists for the authenticated user */
        get: operations["gists/list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/graphql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Carry out a GraphQL operation
         * @description At `/api/graphql`, as on Enterprise Server, and at `/graphql`, as at api.github.com; not below `/api/v3`.
         */
        post: operations["graphql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meta": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get meta information */
        get: operations["meta/get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/octocat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Octocat */
        get: operations["meta/get-octocat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rate_limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get rate limit status for the authenticated user */
        get: operations["rate-limit/get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search users
         * @description Words are looked for in login, name and public address. Qualifiers narrow the search: `in:`, `type:`, `user:`, `fullname:`, `location:`, `followers:`, `following:`, `repos:`, `created:`. A minus before one excludes. The first 1,000 results can be paged through.
         */
        get: operations["search/users"];
        put?: never;
        post?: never;
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
        /** Get the authenticated user */
        get: operations["users/get-authenticated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update the authenticated user */
        patch: operations["users/update-authenticated"];
        trace?: never;
    };
    "/user/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users blocked by the authenticated user */
        get: operations["users/list-blocked-by-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/blocks/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check if a user is blocked by the authenticated user */
        get: operations["users/check-blocked"];
        /** Block a user */
        put: operations["users/block"];
        post?: never;
        /** Unblock a user */
        delete: operations["users/unblock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/email/visibility": {
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
        /** Set primary email visibility for the authenticated user */
        patch: operations["users/set-primary-email-visibility-for-authenticated-user"];
        trace?: never;
    };
    "/user/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List email addresses for the authenticated user */
        get: operations["users/list-emails-for-authenticated-user"];
        put?: never;
        /** Add an email address for the authenticated user */
        post: operations["users/add-email-for-authenticated-user"];
        /** Delete an email address for the authenticated user */
        delete: operations["users/delete-email-for-authenticated-user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/followers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List followers of the authenticated user */
        get: operations["users/list-followers-for-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/following": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the people the authenticated user follows */
        get: operations["users/list-followed-by-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/following/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check if a person is followed by the authenticated user */
        get: operations["users/check-person-is-followed-by-authenticated"];
        /** Follow a user */
        put: operations["users/follow"];
        post?: never;
        /** Unfollow a user */
        delete: operations["users/unfollow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/gpg_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List GPG keys for the authenticated user */
        get: operations["users/list-gpg-keys-for-authenticated-user"];
        put?: never;
        /** Create a GPG key for the authenticated user */
        post: operations["users/create-gpg-key-for-authenticated-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/gpg_keys/{gpg_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a GPG key for the authenticated user */
        get: operations["users/get-gpg-key-for-authenticated-user"];
        put?: never;
        post?: never;
        /** Delete a GPG key for the authenticated user */
        delete: operations["users/delete-gpg-key-for-authenticated-user"];
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
        /** List public SSH keys for the authenticated user */
        get: operations["users/list-public-ssh-keys-for-authenticated-user"];
        put?: never;
        /** Create a public SSH key for the authenticated user */
        post: operations["users/create-public-ssh-key-for-authenticated-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a public SSH key for the authenticated user */
        get: operations["users/get-public-ssh-key-for-authenticated-user"];
        put?: never;
        post?: never;
        /** Delete a public SSH key for the authenticated user */
        delete: operations["users/delete-public-ssh-key-for-authenticated-user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations for the authenticated user */
        get: operations["orgs/list-for-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/public_emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List public email addresses for the authenticated user */
        get: operations["users/list-public-emails-for-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/repos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List repositories for the authenticated user */
        get: operations["repos/list-for-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/social_accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List social accounts for the authenticated user */
        get: operations["users/list-social-accounts-for-authenticated-user"];
        put?: never;
        /** Add social accounts for the authenticated user */
        post: operations["users/add-social-account-for-authenticated-user"];
        /** Delete social accounts for the authenticated user */
        delete: operations["users/delete-social-account-for-authenticated-user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/ssh_signing_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List SSH signing keys for the authenticated user */
        get: operations["users/list-ssh-signing-keys-for-authenticated-user"];
        put?: never;
        /** Create a SSH signing key for the authenticated user */
        post: operations["users/create-ssh-signing-key-for-authenticated-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/ssh_signing_keys/{ssh_signing_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an SSH signing key for the authenticated user */
        get: operations["users/get-ssh-signing-key-for-authenticated-user"];
        put?: never;
        post?: never;
        /** Delete an SSH signing key for the authenticated user */
        delete: operations["users/delete-ssh-signing-key-for-authenticated-user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/starred": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List repositories starred by the authenticated user */
        get: operations["activity/list-repos-starred-by-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List repositories watched by the authenticated user */
        get: operations["activity/list-watched-repos-for-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a user using their ID */
        get: operations["users/get-by-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{account_id}/followers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List followers of a user, by account id */
        get: operations["users/list-followers-by-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{account_id}/following": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the people a user follows, by account id */
        get: operations["users/list-following-by-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{account_id}/following/{target_user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check if a user follows another user, by account id */
        get: operations["users/check-following-by-id"];
        put?: never;
        post?: never;
        delete?: never;
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
        get: operations["users/list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a user */
        get: operations["users/get-by-username"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events for the authenticated user */
        get: operations["activity/list-events-for-authenticated-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/events/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List public events for a user */
        get: operations["activity/list-public-events-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/followers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List followers of a user */
        get: operations["users/list-followers-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/following": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the people a user follows */
        get: operations["users/list-following-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/following/{target_user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check if a user follows another user */
        get: operations["users/check-following-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/gists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List gists for a user */
        get: operations["gists/list-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/gpg_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List GPG keys for a user */
        get: operations["users/list-gpg-keys-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/hovercard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get contextual information for a user */
        get: operations["users/get-context-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List public keys for a user */
        get: operations["users/list-public-keys-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations for a user */
        get: operations["orgs/list-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/received_events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events received by the authenticated user */
        get: operations["activity/list-received-events-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/received_events/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List public events received by a user */
        get: operations["activity/list-received-public-events-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/repos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List repositories for a user */
        get: operations["repos/list-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/site_admin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Promote a user to be a site administrator */
        put: operations["enterprise-admin/promote-user-to-be-site-administrator"];
        post?: never;
        /** Demote a site administrator */
        delete: operations["enterprise-admin/demote-site-administrator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/social_accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List social accounts for a user */
        get: operations["users/list-social-accounts-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/ssh_signing_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List SSH signing keys for a user */
        get: operations["users/list-ssh-signing-keys-for-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/starred": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List repositories starred by a user */
        get: operations["activity/list-repos-starred-by-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List repositories watched by a user */
        get: operations["activity/list-repos-watched-by-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/suspended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Suspend a user */
        put: operations["enterprise-admin/suspend-user"];
        post?: never;
        /** Unsuspend a user */
        delete: operations["enterprise-admin/unsuspend-user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all API versions */
        get: operations["meta/get-all-versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the Zen of GitHub */
        get: operations["meta/get-zen"];
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
        "basic-error": {
            message: string;
            documentation_url: string;
            url?: string;
            status?: string;
        };
        root: {
            /** Format: uri-template */
            current_user_url: string;
            /** Format: uri-template */
            current_user_authorizations_html_url: string;
            /** Format: uri-template */
            authorizations_url?: string;
            /** Format: uri-template */
            code_search_url: string;
            /** Format: uri-template */
            commit_search_url: string;
            /** Format: uri-template */
            emails_url: string;
            /** Format: uri-template */
            emojis_url: string;
            /** Format: uri-template */
            events_url: string;
            /** Format: uri-template */
            feeds_url: string;
            /** Format: uri-template */
            followers_url: string;
            /** Format: uri-template */
            following_url: string;
            /** Format: uri-template */
            gists_url: string;
            /** Format: uri-template */
            hub_url?: string;
            /** Format: uri-template */
            issue_search_url: string;
            /** Format: uri-template */
            issues_url: string;
            /** Format: uri-template */
            keys_url: string;
            /** Format: uri-template */
            label_search_url: string;
            /** Format: uri-template */
            notifications_url: string;
            /** Format: uri-template */
            organization_url: string;
            /** Format: uri-template */
            organization_repositories_url: string;
            /** Format: uri-template */
            organization_teams_url: string;
            /** Format: uri-template */
            public_gists_url: string;
            /** Format: uri-template */
            rate_limit_url: string;
            /** Format: uri-template */
            repository_url: string;
            /** Format: uri-template */
            repository_search_url: string;
            /** Format: uri-template */
            current_user_repositories_url: string;
            /** Format: uri-template */
            starred_url: string;
            /** Format: uri-template */
            starred_gists_url: string;
            /** Format: uri-template */
            topic_search_url: string;
            /** Format: uri-template */
            user_url: string;
            /** Format: uri-template */
            user_organizations_url: string;
            /** Format: uri-template */
            user_repositories_url: string;
            /** Format: uri-template */
            user_search_url: string;
        };
        "public-key-full": {
            /** Format: int64 */
            id: number;
            key: string;
            url: string;
            title: string;
            verified: boolean;
            /** Format: date-time */
            created_at: string;
            read_only: boolean;
            /** Format: date-time */
            last_used: string | null;
            added_by?: string | null;
            /** Format: int64 */
            user_id: number | null;
            /** Format: int64 */
            repository_id: number | null;
            enabled?: boolean;
        };
        "field-error": {
            resource?: string;
            field?: string;
            /** @enum {string} */
            code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
            message?: string;
            index?: number;
            value?: (string | null) | number | string[];
        };
        "validation-error": {
            message: string;
            errors?: (components["schemas"]["field-error"] | string)[];
            documentation_url: string;
            status?: string;
        };
        "ldap-mapping": {
            ldap_dn: string;
        };
        plan: {
            name: string;
            space: number;
            collaborators: number;
            private_repos: number;
        };
        "ldap-mapping-user": {
            ldap_dn?: string;
            /** @example octocat */
            login: string;
            /**
             * Format: int64
             * @example 2
             */
            id: number;
            /** @example U_kgAC */
            node_id: string;
            /** Format: uri */
            avatar_url: string;
            gravatar_id: string;
            /** Format: uri */
            url: string;
            /** Format: uri */
            html_url: string;
            /** Format: uri */
            followers_url: string;
            following_url: string;
            gists_url: string;
            starred_url: string;
            /** Format: uri */
            subscriptions_url: string;
            /** Format: uri */
            organizations_url: string;
            /** Format: uri */
            repos_url: string;
            events_url: string;
            /** Format: uri */
            received_events_url: string;
            type: string;
            /** @enum {string} */
            user_view_type: "private";
            site_admin: boolean;
            /** @example monalisa octocat */
            name: string | null;
            /** @example GitHub */
            company: string | null;
            blog: string | null;
            /** @example San Francisco */
            location: string | null;
            /**
             * Format: email
             * @example octocat@github.com
             */
            email: string | null;
            hireable: boolean | null;
            bio: string | null;
            twitter_username: string | null;
            /** Format: email */
            notification_email?: string | null;
            public_repos: number;
            public_gists: number;
            followers: number;
            following: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            suspended_at?: string | null;
            private_gists: number;
            total_private_repos: number;
            owned_private_repos: number;
            disk_usage: number;
            collaborators: number;
            two_factor_authentication: boolean;
            plan: components["schemas"]["plan"];
        };
        "ldap-sync": {
            /** @enum {string} */
            status: "queued";
        };
        authorization: {
            /** Format: int64 */
            id: number;
            /** Format: uri */
            url: string;
            app: {
                name: string;
                /** Format: uri */
                url: string;
                client_id: string;
            };
            token: string;
            hashed_token: string | null;
            token_last_eight: string | null;
            note: string | null;
            /** Format: uri */
            note_url: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            scopes: string[] | null;
            fingerprint: string | null;
            /** Format: date-time */
            expires_at: string | null;
        };
        "wanted-login": string;
        "new-user": {
            login: components["schemas"]["wanted-login"];
            email?: string | null;
            /** @default false */
            suspended: boolean;
        };
        "simple-user": {
            /** @example octocat */
            login: string;
            /**
             * Format: int64
             * @example 2
             */
            id: number;
            /** @example U_kgAC */
            node_id: string;
            /** Format: uri */
            avatar_url: string;
            gravatar_id: string;
            /** Format: uri */
            url: string;
            /** Format: uri */
            html_url: string;
            /** Format: uri */
            followers_url: string;
            following_url: string;
            gists_url: string;
            starred_url: string;
            /** Format: uri */
            subscriptions_url: string;
            /** Format: uri */
            organizations_url: string;
            /** Format: uri */
            repos_url: string;
            events_url: string;
            /** Format: uri */
            received_events_url: string;
            type: string;
            user_view_type: string;
            site_admin: boolean;
        };
        "audit-log-event": {
            /** @description Milliseconds since 1970. */
            "@timestamp": number;
            _document_id: string;
            action: string;
            actor?: string;
            actor_id?: number;
            actor_ip?: string;
            business: string;
            business_id: number;
            /** @description Milliseconds since 1970. */
            created_at: number;
            data?: {
                [key: string]: unknown;
            };
            fingerprint?: string;
            name?: string;
            /** @enum {string} */
            operation_type: "access" | "authentication" | "create" | "modify" | "remove";
            request_id?: string;
            token_id?: number;
            user?: string;
            user_id?: number;
        };
        "enterprise-user-overview": {
            total_users: number;
            admin_users: number;
            suspended_users: number;
        };
        nothing: Record<string, never>[];
        "graphql-error": {
            type?: string;
            extensions?: {
                [key: string]: unknown;
            };
            path?: (string | number)[];
            locations?: {
                line: number;
                column: number;
            }[];
            message: string;
        };
        "api-overview": {
            verifiable_password_authentication: boolean;
            installed_version: string;
        };
        "rate-limit": {
            limit: number;
            used: number;
            remaining: number;
            reset: number;
        };
        "rate-limit-resources": {
            core: components["schemas"]["rate-limit"];
            search: components["schemas"]["rate-limit"];
            graphql?: components["schemas"]["rate-limit"];
            integration_manifest?: components["schemas"]["rate-limit"];
            source_import?: components["schemas"]["rate-limit"];
            code_scanning_upload?: components["schemas"]["rate-limit"];
            actions_runner_registration?: components["schemas"]["rate-limit"];
            scim?: components["schemas"]["rate-limit"];
            dependency_snapshots?: components["schemas"]["rate-limit"];
            dependency_sbom?: components["schemas"]["rate-limit"];
            code_search?: components["schemas"]["rate-limit"];
            code_scanning_autofix?: components["schemas"]["rate-limit"];
            copilot_usage_records?: components["schemas"]["rate-limit"];
        };
        "rate-limit-overview": {
            resources: components["schemas"]["rate-limit-resources"];
            rate?: components["schemas"]["rate-limit"];
        };
        "user-search-result-item": {
            /** @example octocat */
            login: string;
            /**
             * Format: int64
             * @example 2
             */
            id: number;
            /** @example U_kgAC */
            node_id: string;
            /** Format: uri */
            avatar_url: string;
            gravatar_id: string;
            /** Format: uri */
            url: string;
            /** Format: uri */
            html_url: string;
            /** Format: uri */
            followers_url: string;
            following_url: string;
            gists_url: string;
            starred_url: string;
            /** Format: uri */
            subscriptions_url: string;
            /** Format: uri */
            organizations_url: string;
            /** Format: uri */
            repos_url: string;
            events_url: string;
            /** Format: uri */
            received_events_url: string;
            type: string;
            user_view_type?: string;
            site_admin: boolean;
            score: number;
            text_matches?: {
                object_url?: string;
                object_type?: string | null;
                property?: string;
                fragment?: string;
                matches?: {
                    text?: string;
                    indices?: number[];
                }[];
            }[];
        };
        "user-search-results": {
            total_count: number;
            incomplete_results: boolean;
            items: components["schemas"]["user-search-result-item"][];
        };
        "private-user": {
            /** @example octocat */
            login: string;
            /**
             * Format: int64
             * @example 2
             */
            id: number;
            /** @example U_kgAC */
            node_id: string;
            /** Format: uri */
            avatar_url: string;
            gravatar_id: string;
            /** Format: uri */
            url: string;
            /** Format: uri */
            html_url: string;
            /** Format: uri */
            followers_url: string;
            following_url: string;
            gists_url: string;
            starred_url: string;
            /** Format: uri */
            subscriptions_url: string;
            /** Format: uri */
            organizations_url: string;
            /** Format: uri */
            repos_url: string;
            events_url: string;
            /** Format: uri */
            received_events_url: string;
            type: string;
            /** @enum {string} */
            user_view_type: "private";
            site_admin: boolean;
            /** @example monalisa octocat */
            name: string | null;
            /** @example GitHub */
            company: string | null;
            blog: string | null;
            /** @example San Francisco */
            location: string | null;
            /**
             * Format: email
             * @example octocat@github.com
             */
            email: string | null;
            hireable: boolean | null;
            bio: string | null;
            twitter_username: string | null;
            /** Format: email */
            notification_email?: string | null;
            public_repos: number;
            public_gists: number;
            followers: number;
            following: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            suspended_at?: string | null;
            private_gists: number;
            total_private_repos: number;
            owned_private_repos: number;
            disk_usage: number;
            collaborators: number;
            two_factor_authentication: boolean;
            plan: components["schemas"]["plan"];
        };
        "public-user": {
            /** @example octocat */
            login: string;
            /**
             * Format: int64
             * @example 2
             */
            id: number;
            /** @example U_kgAC */
            node_id: string;
            /** Format: uri */
            avatar_url: string;
            gravatar_id: string;
            /** Format: uri */
            url: string;
            /** Format: uri */
            html_url: string;
            /** Format: uri */
            followers_url: string;
            following_url: string;
            gists_url: string;
            starred_url: string;
            /** Format: uri */
            subscriptions_url: string;
            /** Format: uri */
            organizations_url: string;
            /** Format: uri */
            repos_url: string;
            events_url: string;
            /** Format: uri */
            received_events_url: string;
            type: string;
            /** @enum {string} */
            user_view_type: "public";
            site_admin: boolean;
            /** @example monalisa octocat */
            name: string | null;
            /** @example GitHub */
            company: string | null;
            blog: string | null;
            /** @example San Francisco */
            location: string | null;
            /**
             * Format: email
             * @example octocat@github.com
             */
            email: string | null;
            hireable: boolean | null;
            bio: string | null;
            twitter_username: string | null;
            /** Format: email */
            notification_email?: string | null;
            public_repos: number;
            public_gists: number;
            followers: number;
            following: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            suspended_at?: string | null;
        };
        "profile-change": {
            name?: string | null;
            email?: string | null;
            blog?: string | null;
            twitter_username?: string | null;
            company?: string | null;
            location?: string | null;
            hireable?: boolean | null;
            bio?: string | null;
        };
        email: {
            /** Format: email */
            email: string;
            primary: boolean;
            verified: boolean;
            visibility: string | null;
        };
        "wanted-email": string;
        "wanted-emails": components["schemas"]["wanted-email"][];
        "gpg-subkey": {
            /** Format: int64 */
            id: number;
            name?: string | null;
            primary_key_id: number | null;
            /** @example 3262EFF25BA0D270 */
            key_id: string;
            raw_key: string | null;
            public_key: string;
            emails: {
                email: string;
                verified: boolean;
            }[];
            subkeys: Record<string, never>[];
            can_sign: boolean;
            can_encrypt_comms: boolean;
            can_encrypt_storage: boolean;
            can_certify: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            revoked: boolean;
        };
        "gpg-key": {
            /** Format: int64 */
            id: number;
            name?: string | null;
            primary_key_id: number | null;
            /** @example 3262EFF25BA0D270 */
            key_id: string;
            raw_key: string | null;
            public_key: string;
            emails: {
                email: string;
                verified: boolean;
            }[];
            subkeys: components["schemas"]["gpg-subkey"][];
            can_sign: boolean;
            can_encrypt_comms: boolean;
            can_encrypt_storage: boolean;
            can_certify: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            revoked: boolean;
        };
        "new-gpg-key": {
            name?: string | null;
            armored_public_key: string;
        };
        key: {
            /** Format: int64 */
            id: number;
            key: string;
            url: string;
            title: string;
            verified: boolean;
            /** Format: date-time */
            created_at: string;
            read_only: boolean;
            /** Format: date-time */
            last_used?: string | null;
        };
        "new-key": {
            title?: string | null;
            key: string;
        };
        "social-account": {
            /** @example linkedin */
            provider: string;
            url: string;
        };
        "account-urls": {
            account_urls: string[];
        };
        "ssh-signing-key": {
            /** Format: int64 */
            id: number;
            key: string;
            title: string;
            /** Format: date-time */
            created_at: string;
        };
        hovercard: {
            contexts: {
                message: string;
                octicon: string;
            }[];
        };
        "key-simple": {
            /** Format: int64 */
            id: number;
            key: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            last_used?: string | null;
        };
    };
    responses: {
        /** @description Any other error */
        error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["basic-error"];
            };
        };
        /** @description Requires authentication */
        requires_authentication: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["basic-error"];
            };
        };
        /** @description Forbidden */
        forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["basic-error"];
            };
        };
        /** @description Resource not found, or a scope is missing */
        not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["basic-error"];
            };
        };
        /** @description Validation failed */
        validation_failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["validation-error"];
            };
        };
        /** @description Done, or yes. */
        no_content: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Problems parsing the body, or an unsupported API version */
        bad_request: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["basic-error"];
            };
        };
        /** @description Not modified */
        not_modified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The private view for the user in person, given the scope; else the public one. */
        user: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["private-user"] | components["schemas"]["public-user"];
            };
        };
        /** @description A page of users. */
        simple_users: {
            headers: {
                Link: components["headers"]["link"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["simple-user"][];
            };
        };
        /** @description The caller's email addresses. */
        emails: {
            headers: {
                Link: components["headers"]["link"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["email"][];
            };
        };
    };
    parameters: {
        /** @description How many to a page, 30 if nothing is said and 100 at most. */
        "per-page": string;
        /** @description Which page of the list, from 1. */
        page: string;
        /** @description `asc` or `desc`, which is the default. */
        direction: string;
        /** @description `created` (the default), `updated` or `accessed`. */
        "key-sort": string;
        /** @description Only keys that were used after this time. */
        "key-since": string;
        /**
         * @description The numbers of keys, separated by commas.
         * @example 1,2
         */
        "key-ids": string;
        /**
         * @description The name that the user signs in with.
         * @example octocat
         */
        username: string;
        /**
         * @description The number of the token.
         * @example 1
         */
        "token-id": string;
        /** @description What the cat says. */
        speech: string;
        /**
         * @description Words and qualifiers.
         * @example octo type:user
         */
        "search-text": string;
        /** @description `followers`, `repositories` or `joined`; the best match first without it. */
        "search-sort": string;
        /** @description `desc` (the default) or `asc`; means nothing without `sort`. */
        "search-order": string;
        /**
         * @description The number of the key.
         * @example 1
         */
        "gpg-key-id": string;
        /**
         * @description The number of the key.
         * @example 1
         */
        "key-id": string;
        /**
         * @description The number of the key.
         * @example 1
         */
        "ssh-signing-key-id": string;
        /**
         * @description The number of the user.
         * @example 2
         */
        "account-id": string;
        /**
         * @description The name of the user who may be followed.
         * @example octocat
         */
        "target-user": string;
        /** @description Only users with a greater number than this. */
        "since-user": string;
        /** @description `organization`, `repository`, `issue` or `pull_request`; goes with `subject_id`. */
        "subject-type": string;
        /** @description The number of the subject; goes with `subject_type`. */
        "subject-id": string;
    };
    requestBodies: {
        emails: {
            content: {
                "application/json": {
                    emails: components["schemas"]["wanted-emails"];
                } | components["schemas"]["wanted-emails"] | components["schemas"]["wanted-email"];
            };
        };
        reason: {
            content: {
                "application/json": {
                    reason?: string | null;
                } | null;
            };
        };
    };
    headers: {
        /** @description The pages around this one; absent where everything fits on one. */
        link: string;
        /** @description Where the new thing is. */
        location: string;
        "x-rate-limit-limit": number;
        "x-rate-limit-remaining": number;
        "x-rate-limit-reset": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "meta/root": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where everything is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["root"];
                };
            };
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/list-public-keys": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description `asc` or `desc`, which is the default. */
                direction?: components["parameters"]["direction"];
                /** @description `created` (the default), `updated` or `accessed`. */
                sort?: components["parameters"]["key-sort"];
                /** @description Only keys that were used after this time. */
                since?: components["parameters"]["key-since"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the SSH keys of all users. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["public-key-full"][];
                };
            };
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/delete-public-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The numbers of keys, separated by commas.
                 * @example 1,2
                 */
                key_ids: components["parameters"]["key-ids"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/update-ldap-mapping-for-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ldap-mapping"];
            };
        };
        responses: {
            /** @description The user with the mapping. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ldap-mapping-user"];
                };
            };
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/sync-ldap-mapping-for-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The vendor synchronizes in the background. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ldap-sync"];
                };
            };
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/list-personal-access-tokens": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of everybody's tokens. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["authorization"][];
                };
            };
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/delete-personal-access-token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the token.
                 * @example 1
                 */
                token_id: components["parameters"]["token-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/create-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new-user"];
            };
        };
        responses: {
            /** @description The user as created. */
            201: {
                headers: {
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["simple-user"];
                };
            };
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/delete-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/update-username-for-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: components["schemas"]["wanted-login"];
                };
            };
        };
        responses: {
            /** @description The vendor renames in the background and answers with where to look. */
            202: {
                headers: {
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        url: string;
                    };
                };
            };
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/create-impersonation-o-auth-token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    scopes: string[];
                };
            };
        };
        responses: {
            /** @description The impersonation token that already exists. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["authorization"];
                };
            };
            /** @description A new impersonation token. */
            201: {
                headers: {
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["authorization"];
                };
            };
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/delete-impersonation-o-auth-token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/get-audit-log": {
        parameters: {
            query?: {
                /** @description What to look for: `action:`, `actor:`, `user:`, `created:`, `operation:` and `actor_ip:`, each with a minus in front for what to leave out. */
                phrase?: string;
                /** @description `web` (the default), `git` or `all`. There are no Git events here. */
                include?: "web" | "git" | "all";
                /** @description A cursor, as in the Link header; the list goes on behind it. */
                after?: string;
                /** @description A cursor, as in the Link header; the list ends in front of it. */
                before?: string;
                /** @description `desc` (the default) for the newest first, or `asc`. */
                order?: "desc" | "asc";
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name of the enterprise, or its number. Any name means this server.
                 * @example octo-corp
                 */
                enterprise: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the audit log. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["audit-log-event"][];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/get-user-stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many users of each kind there are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["enterprise-user-overview"];
                };
            };
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "gists/list": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    graphql: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    query?: unknown;
                    variables?: unknown;
                    operationName?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description What was asked for, as far as there were no errors. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data?: unknown;
                        errors?: components["schemas"]["graphql-error"][];
                    };
                };
            };
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            default: components["responses"]["error"];
        };
    };
    "meta/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What this server is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["api-overview"];
                };
            };
            304: components["responses"]["not_modified"];
            default: components["responses"]["error"];
        };
    };
    "meta/get-octocat": {
        parameters: {
            query?: {
                /** @description What the cat says. */
                s?: components["parameters"]["speech"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ASCII art. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octocat-stream": string;
                };
            };
            default: components["responses"]["error"];
        };
    };
    "rate-limit/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is left, for each kind of request. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["x-rate-limit-limit"];
                    "X-RateLimit-Remaining": components["headers"]["x-rate-limit-remaining"];
                    "X-RateLimit-Reset": components["headers"]["x-rate-limit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rate-limit-overview"];
                };
            };
            304: components["responses"]["not_modified"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "search/users": {
        parameters: {
            query?: {
                /**
                 * @description Words and qualifiers.
                 * @example octo type:user
                 */
                q?: components["parameters"]["search-text"];
                /** @description `followers`, `repositories` or `joined`; the best match first without it. */
                sort?: components["parameters"]["search-sort"];
                /** @description `desc` (the default) or `asc`; means nothing without `sort`. */
                order?: components["parameters"]["search-order"];
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the users found, with how many there are. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["user-search-results"];
                };
            };
            304: components["responses"]["not_modified"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/get-authenticated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "users/update-authenticated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["profile-change"];
            };
        };
        responses: {
            /** @description The profile as it now stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["private-user"];
                };
            };
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/list-blocked-by-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/check-blocked": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/block": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/set-primary-email-visibility-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    visibility: "public" | "private";
                };
            };
        };
        responses: {
            200: components["responses"]["emails"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/list-emails-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["emails"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/add-email-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["emails"];
        responses: {
            201: components["responses"]["emails"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/delete-email-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["emails"];
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/list-followers-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "users/list-followed-by-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "users/check-person-is-followed-by-authenticated": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/follow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/unfollow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-gpg-keys-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the caller's keys. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["gpg-key"][];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/create-gpg-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new-gpg-key"];
            };
        };
        responses: {
            /** @description The key as stored. */
            201: {
                headers: {
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["gpg-key"];
                };
            };
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/get-gpg-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key.
                 * @example 1
                 */
                gpg_key_id: components["parameters"]["gpg-key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["gpg-key"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/delete-gpg-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key.
                 * @example 1
                 */
                gpg_key_id: components["parameters"]["gpg-key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/list-public-ssh-keys-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the caller's keys. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["key"][];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/create-public-ssh-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new-key"];
            };
        };
        responses: {
            /** @description The key as stored. */
            201: {
                headers: {
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["key"];
                };
            };
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/get-public-ssh-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key.
                 * @example 1
                 */
                key_id: components["parameters"]["key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["key"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/delete-public-ssh-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key.
                 * @example 1
                 */
                key_id: components["parameters"]["key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "orgs/list-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "users/list-public-emails-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["emails"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "repos/list-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "users/list-social-accounts-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the accounts that the caller's profile links to. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["social-account"][];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/add-social-account-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["account-urls"];
            };
        };
        responses: {
            /** @description The accounts that were added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["social-account"][];
                };
            };
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/delete-social-account-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["account-urls"];
            };
        };
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/list-ssh-signing-keys-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the caller's keys. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ssh-signing-key"][];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/create-ssh-signing-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new-key"];
            };
        };
        responses: {
            /** @description The key as stored. */
            201: {
                headers: {
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ssh-signing-key"];
                };
            };
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/get-ssh-signing-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key.
                 * @example 1
                 */
                ssh_signing_key_id: components["parameters"]["ssh-signing-key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ssh-signing-key"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/delete-ssh-signing-key-for-authenticated-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the key.
                 * @example 1
                 */
                ssh_signing_key_id: components["parameters"]["ssh-signing-key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-repos-starred-by-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-watched-repos-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            304: components["responses"]["not_modified"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    "users/get-by-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                account_id: components["parameters"]["account-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-followers-by-id": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                account_id: components["parameters"]["account-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-following-by-id": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                account_id: components["parameters"]["account-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/check-following-by-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                account_id: components["parameters"]["account-id"];
                /**
                 * @description The name of the user who may be followed.
                 * @example octocat
                 */
                target_user: components["parameters"]["target-user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list": {
        parameters: {
            query?: {
                /** @description Only users with a greater number than this. */
                since?: components["parameters"]["since-user"];
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            304: components["responses"]["not_modified"];
            default: components["responses"]["error"];
        };
    };
    "users/get-by-username": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-events-for-authenticated-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-public-events-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-followers-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-following-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["simple_users"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/check-following-for-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
                /**
                 * @description The name of the user who may be followed.
                 * @example octocat
                 */
                target_user: components["parameters"]["target-user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "gists/list-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-gpg-keys-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the user's keys. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["gpg-key"][];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/get-context-for-user": {
        parameters: {
            query?: {
                /** @description `organization`, `repository`, `issue` or `pull_request`; goes with `subject_id`. */
                subject_type?: components["parameters"]["subject-type"];
                /** @description The number of the subject; goes with `subject_type`. */
                subject_id?: components["parameters"]["subject-id"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What connects the user with the subject. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hovercard"];
                };
            };
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "users/list-public-keys-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the user's keys. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["key-simple"][];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "orgs/list-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-received-events-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-received-public-events-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "repos/list-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/promote-user-to-be-site-administrator": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/demote-site-administrator": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-social-accounts-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the accounts that the user's profile links to. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["social-account"][];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "users/list-ssh-signing-keys-for-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the user's keys. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ssh-signing-key"][];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-repos-starred-by-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "activity/list-repos-watched-by-user": {
        parameters: {
            query?: {
                /** @description How many to a page, 30 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
            };
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always empty. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["nothing"];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/suspend-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["reason"];
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "enterprise-admin/unsuspend-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name that the user signs in with.
                 * @example octocat
                 */
                username: components["parameters"]["username"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["reason"];
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["requires_authentication"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            default: components["responses"]["error"];
        };
    };
    "meta/get-all-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions that X-GitHub-Api-Version may name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    "meta/get-zen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A sentence. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["error"];
        };
    };
}
