// Made by scripts/generate/index.ts; do not edit.
export interface paths {
    "/audit_events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve all instance audit events */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit_events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a single instance audit event */
        get: operations["getAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the avatar of an email address */
        get: operations["getAvatar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List currently authenticated user's events */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user by fingerprint of SSH key */
        get: operations["findKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get SSH key with user by ID of an SSH key */
        get: operations["getKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve metadata information for this GitLab instance */
        get: operations["getMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personal_access_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all personal access tokens */
        get: operations["listPersonalAccessTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personal_access_tokens/self": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get details on the token in use */
        get: operations["getOwnPersonalAccessToken"];
        put?: never;
        post?: never;
        /** Revoke the token in use */
        delete: operations["revokeOwnPersonalAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personal_access_tokens/self/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the token in use */
        post: operations["rotateOwnPersonalAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personal_access_tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get details on a personal access token */
        get: operations["getPersonalAccessToken"];
        put?: never;
        post?: never;
        /** Revoke a personal access token */
        delete: operations["revokePersonalAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/personal_access_tokens/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate a personal access token */
        post: operations["rotatePersonalAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service_accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all instance service accounts */
        get: operations["listServiceAccounts"];
        put?: never;
        /** Create an instance service account */
        post: operations["createServiceAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service_accounts/{user_id}": {
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
        /** Update an instance service account */
        patch: operations["updateServiceAccount"];
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
    "/user/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's activity */
        get: operations["listUserActivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Upload an avatar for yourself */
        put: operations["setUserAvatar"];
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
    "/user/emails/{email_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a single email address */
        get: operations["getCurrentUserEmail"];
        put?: never;
        post?: never;
        /** Delete one of your email addresses */
        delete: operations["deleteCurrentUserEmail"];
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
        /** List all GPG keys */
        get: operations["listCurrentUserGpgKeys"];
        put?: never;
        /** Add a GPG key */
        post: operations["addCurrentUserGpgKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/gpg_keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a GPG key */
        get: operations["getCurrentUserGpgKey"];
        put?: never;
        post?: never;
        /** Delete a GPG key */
        delete: operations["deleteCurrentUserGpgKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/gpg_keys/{key_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a GPG key */
        post: operations["revokeCurrentUserGpgKey"];
        delete?: never;
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
        /** List all SSH keys */
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
    "/user/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an SSH key */
        get: operations["getCurrentUserKey"];
        put?: never;
        post?: never;
        /** Delete an SSH key */
        delete: operations["deleteCurrentUserKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/personal_access_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a personal access token */
        post: operations["createLimitedPersonalAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get your user preferences */
        get: operations["getUserPreferences"];
        /** Update your user preferences */
        put: operations["updateUserPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/runners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a runner linked to a user */
        post: operations["createRunner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get your user status */
        get: operations["getCurrentUserStatus"];
        /** Set your user status */
        put: operations["setUserStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your user status */
        patch: operations["updateUserStatus"];
        trace?: never;
    };
    "/user/support_pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get details on a Support PIN */
        get: operations["getSupportPin"];
        put?: never;
        /** Create a Support PIN */
        post: operations["createSupportPin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{user_id}/credit_card_validation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Update a user's credit card validation */
        put: operations["updateCreditCardValidation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user_counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a count of what awaits you */
        get: operations["getUserCounts"];
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
    "/users/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reactivate a user */
        post: operations["activateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve access to a user */
        post: operations["approveUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/associations_count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a count of what a user takes part in */
        get: operations["getUserAssociationsCount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/ban": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ban a user */
        post: operations["banUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block access to a user */
        post: operations["blockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/custom_attributes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List custom attributes */
        get: operations["listUserCustomAttributes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/custom_attributes/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a custom attribute */
        get: operations["getUserCustomAttribute"];
        /** Set a custom attribute */
        put: operations["setUserCustomAttribute"];
        post?: never;
        /** Delete a custom attribute */
        delete: operations["deleteUserCustomAttribute"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deactivate a user */
        post: operations["deactivateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/disable_two_factor": {
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
        /** Disable two-factor authentication for a user */
        patch: operations["disableTwoFactor"];
        trace?: never;
    };
    "/users/{id}/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List email addresses for a user */
        get: operations["listUserEmails"];
        put?: never;
        /** Add an email address for a user */
        post: operations["addUserEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/emails/{email_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an email address for a user */
        delete: operations["deleteUserEmail"];
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
    "/users/{id}/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Follow a user */
        post: operations["followUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/followers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the followers of a user */
        get: operations["listFollowers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/following": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the users that a user is following */
        get: operations["listFollowing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/gpg_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all GPG keys for a user */
        get: operations["listUserGpgKeys"];
        put?: never;
        /** Add a GPG key for a user */
        post: operations["addUserGpgKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/gpg_keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a GPG key for a user */
        get: operations["getUserGpgKey"];
        put?: never;
        post?: never;
        /** Delete a GPG key for a user */
        delete: operations["deleteUserGpgKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/gpg_keys/{key_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a GPG key of a user */
        post: operations["revokeUserGpgKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/identities/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete authentication identity from a user */
        delete: operations["deleteUserIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an SSH key for a user */
        get: operations["getUserKey"];
        put?: never;
        post?: never;
        /** Delete an SSH key for a user */
        delete: operations["deleteUserKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject access to a user */
        post: operations["rejectUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/support_pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a Support PIN for a user */
        get: operations["getUserSupportPin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/support_pin/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a Support PIN for a user */
        post: operations["revokeUserSupportPin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/unban": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unban a user */
        post: operations["unbanUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unblock access to a user */
        post: operations["unblockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/unfollow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unfollow a user */
        post: operations["unfollowUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/contributed_projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects a user has contributed to */
        get: operations["listUserContributedProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/impersonation_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all impersonation tokens for a user */
        get: operations["listImpersonationTokens"];
        put?: never;
        /** Create an impersonation token */
        post: operations["createImpersonationToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/impersonation_tokens/{impersonation_token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an impersonation token for a user */
        get: operations["getImpersonationToken"];
        put?: never;
        post?: never;
        /** Revoke an impersonation token */
        delete: operations["revokeImpersonationToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all SSH keys for a user */
        get: operations["listUserKeys"];
        put?: never;
        /** Add an SSH key for a user */
        post: operations["addUserKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects and groups that a user is a member of */
        get: operations["listUserMemberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/personal_access_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a personal access token for a user */
        post: operations["createPersonalAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/project_deploy_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List project deploy keys for a user */
        get: operations["listUserProjectDeployKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's projects */
        get: operations["listUserProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/starred_projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects starred by a user */
        get: operations["listUserStarredProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the status of a user */
        get: operations["getUserStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve version information */
        get: operations["getVersion"];
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
        "audit-event": {
            id: number;
            author_id: number;
            entity_id: number;
            /** @enum {string} */
            entity_type: "User" | "Gitlab::Audit::InstanceScope";
            details: {
                event_name: string;
                author_name: string;
                author_class: string;
                on_behalf_of?: string;
                target_id: number | null;
                target_type: string;
                target_details: string | null;
                custom_message: string;
                ip_address: string | null;
                entity_path: string;
            } & {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
        };
        avatar: {
            /** Format: uri */
            avatar_url: string | null;
        };
        /** @enum {string} */
        "user-state": "active" | "blocked" | "deactivated" | "banned" | "ldap_blocked" | "blocked_pending_approval";
        "custom-attribute": {
            key: string;
            value: string;
        };
        "user-basic": {
            /** Format: int64 */
            id: number;
            /** @example john_smith */
            username: string;
            /** @example John Smith */
            name: string;
            state: components["schemas"]["user-state"];
            locked: boolean;
            /** Format: uri */
            avatar_url: string | null;
            custom_attributes?: components["schemas"]["custom-attribute"][];
            /** Format: uri */
            web_url: string;
        };
        "push-data": {
            commit_count: number;
            action: string;
            ref_type: string;
            commit_from: string | null;
            commit_to: string | null;
            ref: string | null;
            commit_title: string | null;
            ref_count: number | null;
        };
        event: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            project_id: number | null;
            action_name: string;
            /** Format: int64 */
            target_id: number | null;
            /** Format: int64 */
            target_iid: number | null;
            target_type: string | null;
            /** Format: int64 */
            author_id: number;
            target_title: string | null;
            /** Format: date-time */
            created_at: string;
            note?: {
                [key: string]: unknown;
            };
            author?: components["schemas"]["user-basic"];
            wiki_page?: {
                [key: string]: unknown;
            };
            push_data?: components["schemas"]["push-data"];
            author_username: string | null;
        };
        /** @enum {string} */
        "key-usage-type": "auth" | "signing" | "auth_and_signing";
        identity: {
            provider: string;
            extern_uid: string;
            saml_provider_id?: number | null;
        };
        "user-public": {
            /** Format: int64 */
            id: number;
            /** @example john_smith */
            username: string;
            /** @example John Smith */
            name: string;
            state: components["schemas"]["user-state"];
            locked: boolean;
            /** Format: uri */
            avatar_url: string | null;
            custom_attributes?: components["schemas"]["custom-attribute"][];
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at: string;
            bio: string;
            location: string | null;
            public_email: string | null;
            skype: string;
            linkedin: string;
            twitter: string;
            discord: string;
            github?: string;
            website_url: string;
            organization: string;
            job_title: string;
            pronouns: string | null;
            bot: boolean;
            work_information: string | null;
            followers?: number;
            following?: number;
            is_followed?: boolean;
            local_time: string | null;
            /** Format: date-time */
            last_sign_in_at: string | null;
            /** Format: date-time */
            confirmed_at: string | null;
            /** Format: date */
            last_activity_on: string | null;
            email: string;
            theme_id: number | null;
            color_scheme_id: number;
            projects_limit: number;
            /** Format: date-time */
            current_sign_in_at: string | null;
            identities: components["schemas"]["identity"][];
            can_create_group: boolean;
            can_create_project: boolean;
            two_factor_enabled: boolean;
            external: boolean;
            private_profile: boolean;
            commit_email: string | null;
            preferred_language?: string;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            scim_identities?: {
                [key: string]: unknown;
            }[];
        };
        "ssh-key-with-user": {
            /** Format: int64 */
            id: number;
            title: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            key: string;
            usage_type: components["schemas"]["key-usage-type"];
            user: components["schemas"]["user-public"];
        };
        metadata: {
            version: string;
            revision: string;
            kas: {
                enabled: boolean;
                externalUrl: string | null;
                externalK8sProxyUrl: string | null;
                version: string | null;
            };
            enterprise: boolean;
        };
        "personal-access-token": {
            /** Format: int64 */
            id: number;
            name: string;
            /** @enum {string} */
            kind?: "private";
            revoked: boolean;
            /** Format: date-time */
            created_at: string;
            description?: string | null;
            scopes: string[];
            /** Format: int64 */
            user_id: number;
            /** Format: date-time */
            last_used_at: string | null;
            active: boolean;
            /** Format: date */
            expires_at: string | null;
        };
        rotation: {
            /** Format: grape-date */
            expires_at?: string | null;
        };
        "personal-access-token-with-token": {
            /** Format: int64 */
            id: number;
            name: string;
            /** @enum {string} */
            kind?: "private";
            revoked: boolean;
            /** Format: date-time */
            created_at: string;
            description?: string | null;
            scopes: string[];
            /** Format: int64 */
            user_id: number;
            /** Format: date-time */
            last_used_at: string | null;
            active: boolean;
            /** Format: date */
            expires_at: string | null;
            token: string;
        };
        "service-account": {
            /** Format: int64 */
            id: number;
            username: string;
            name: string;
            email?: string;
            unconfirmed_email?: string;
        };
        "new-service-account": {
            name?: string | null;
            username?: string | null;
            email?: string | null;
        };
        "user-basic-or-null": {
            /** Format: int64 */
            id: number;
            /** @example john_smith */
            username: string;
            /** @example John Smith */
            name: string;
            state: components["schemas"]["user-state"];
            locked: boolean;
            /** Format: uri */
            avatar_url: string | null;
            custom_attributes?: components["schemas"]["custom-attribute"][];
            /** Format: uri */
            web_url: string;
        } | null;
        "user-with-admin": {
            /** Format: int64 */
            id: number;
            /** @example john_smith */
            username: string;
            /** @example John Smith */
            name: string;
            state: components["schemas"]["user-state"];
            locked: boolean;
            /** Format: uri */
            avatar_url: string | null;
            custom_attributes?: components["schemas"]["custom-attribute"][];
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at: string;
            bio: string;
            location: string | null;
            public_email: string | null;
            skype: string;
            linkedin: string;
            twitter: string;
            discord: string;
            github?: string;
            website_url: string;
            organization: string;
            job_title: string;
            pronouns: string | null;
            bot: boolean;
            work_information: string | null;
            followers?: number;
            following?: number;
            is_followed?: boolean;
            local_time: string | null;
            /** Format: date-time */
            last_sign_in_at: string | null;
            /** Format: date-time */
            confirmed_at: string | null;
            /** Format: date */
            last_activity_on: string | null;
            email: string;
            theme_id: number | null;
            color_scheme_id: number;
            projects_limit: number;
            /** Format: date-time */
            current_sign_in_at: string | null;
            identities: components["schemas"]["identity"][];
            can_create_group: boolean;
            can_create_project: boolean;
            two_factor_enabled: boolean;
            external: boolean;
            private_profile: boolean;
            commit_email: string | null;
            preferred_language?: string;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            scim_identities?: {
                [key: string]: unknown;
            }[];
            is_admin: boolean;
            note: string | null;
            /** Format: int64 */
            namespace_id: number | null;
            created_by: components["schemas"]["user-basic-or-null"];
            /** Format: date-time */
            email_reset_offered_at?: string | null;
            using_license_seat?: boolean;
            is_auditor?: boolean;
            provisioned_by_group_id?: number | null;
            enterprise_group_id?: number | null;
            /** Format: date-time */
            enterprise_group_associated_at?: string | null;
            current_sign_in_ip: string | null;
            last_sign_in_ip: string | null;
        };
        "user-activity": {
            username: string;
            /** Format: date */
            last_activity_on: string | null;
            /** Format: date */
            last_activity_at: string | null;
        };
        "wanted-avatar": {
            /** Format: grape-file */
            avatar: string | null;
        };
        "wanted-avatar-form": {
            /** Format: binary */
            avatar: string | null;
        };
        email: {
            /** Format: int64 */
            id: number;
            email: string;
            /** Format: date-time */
            confirmed_at: string | null;
        };
        "new-email": {
            email: string | null;
        };
        "gpg-key": {
            /** Format: int64 */
            id: number;
            key: string;
            /** Format: date-time */
            created_at: string;
        };
        "new-gpg-key": {
            key: string | null;
        };
        "ssh-key": {
            /** Format: int64 */
            id: number;
            title: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            key: string;
            usage_type: components["schemas"]["key-usage-type"];
        };
        "new-ssh-key": {
            key: string | null;
            title: string | null;
            /** Format: grape-date-time */
            expires_at?: string | null;
            /** @enum {string|null} */
            usage_type?: "auth" | "signing" | "auth_and_signing" | null;
        };
        "new-limited-token": {
            name: string | null;
            scopes: "k8s_proxy"[] | null;
            description?: string | null;
            /** Format: grape-date */
            expires_at?: string | null;
        };
        "user-preferences": {
            /** Format: int64 */
            id: number | null;
            /** Format: int64 */
            user_id: number;
            view_diffs_file_by_file: boolean;
            show_whitespace_in_diffs: boolean;
            pass_user_identities_to_ci_jwt: boolean;
        };
        "wanted-preferences": {
            view_diffs_file_by_file?: boolean | null;
            show_whitespace_in_diffs?: boolean | null;
            pass_user_identities_to_ci_jwt?: boolean | null;
        };
        "new-runner": {
            /** @enum {string} */
            runner_type: "instance_type" | "group_type" | "project_type";
            group_id?: number | null;
            project_id?: number | null;
            description?: string | null;
            maintenance_note?: string | null;
            paused?: boolean | null;
            locked?: boolean | null;
            /** @enum {string|null} */
            access_level?: "not_protected" | "ref_protected" | null;
            run_untagged?: boolean | null;
            tag_list?: string[] | null;
            maximum_timeout?: number | null;
        };
        "runner-registration-details": {
            /** Format: int64 */
            id: number;
            token: string;
            /** Format: date-time */
            token_expires_at: string | null;
        };
        "user-status": {
            emoji: string | null;
            message: string | null;
            availability: string | null;
            message_html: string;
            /** Format: date-time */
            clear_status_at: string | null;
        };
        "wanted-status": {
            emoji?: string | null;
            message?: string | null;
            availability?: string | null;
            /** @enum {string|null} */
            clear_status_after?: "30_minutes" | "3_hours" | "8_hours" | "1_day" | "3_days" | "7_days" | "30_days" | null;
        };
        "user-status-or-null": {
            emoji: string | null;
            message: string | null;
            availability: string | null;
            message_html: string;
            /** Format: date-time */
            clear_status_at: string | null;
        } | null;
        "support-pin": {
            /** @example 123456 */
            pin: string;
            /** Format: date-time */
            expires_at: string;
        };
        "credit-card": {
            /** Format: grape-date-time */
            credit_card_validated_at: string | null;
            credit_card_expiration_month: number | null;
            credit_card_expiration_year: number | null;
            credit_card_holder_name: string | null;
            credit_card_mask_number: string | null;
            credit_card_type: string | null;
            zuora_payment_method_xid?: string | null;
            stripe_setup_intent_xid?: string | null;
            stripe_payment_method_xid?: string | null;
            stripe_card_fingerprint?: string | null;
        };
        "credit-card-validation": {
            /** Format: int64 */
            user_id: number;
            /** Format: date-time */
            credit_card_validated_at: string;
        };
        "user-counts": {
            merge_requests: number;
            assigned_issues: number;
            assigned_merge_requests: number;
            review_requested_merge_requests: number;
            todos: number;
        };
        "new-user": {
            email: string | null;
            password?: string | null;
            reset_password?: boolean | null;
            skip_confirmation?: boolean | null;
            name: string | null;
            username: string | null;
            force_random_password?: boolean | null;
            skype?: string | null;
            github?: string | null;
            linkedin?: string | null;
            twitter?: string | null;
            discord?: string | null;
            website_url?: string | null;
            organization?: string | null;
            projects_limit?: number | null;
            extern_uid?: string | null;
            provider?: string | null;
            bio?: string | null;
            location?: string | null;
            pronouns?: string | null;
            public_email?: string | null;
            commit_email?: string | null;
            admin?: boolean | null;
            can_create_group?: boolean | null;
            external?: boolean | null;
            /** Format: grape-file */
            avatar?: string | null;
            theme_id?: number | null;
            color_scheme_id?: number | null;
            private_profile?: boolean | null;
            note?: string | null;
            view_diffs_file_by_file?: boolean | null;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            group_id_for_saml?: number | null;
            auditor?: boolean | null;
        };
        "new-user-form": {
            email: string | null;
            password?: string | null;
            reset_password?: boolean | null;
            skip_confirmation?: boolean | null;
            name: string | null;
            username: string | null;
            force_random_password?: boolean | null;
            skype?: string | null;
            github?: string | null;
            linkedin?: string | null;
            twitter?: string | null;
            discord?: string | null;
            website_url?: string | null;
            organization?: string | null;
            projects_limit?: number | null;
            extern_uid?: string | null;
            provider?: string | null;
            bio?: string | null;
            location?: string | null;
            pronouns?: string | null;
            public_email?: string | null;
            commit_email?: string | null;
            admin?: boolean | null;
            can_create_group?: boolean | null;
            external?: boolean | null;
            /** Format: binary */
            avatar?: string | null;
            theme_id?: number | null;
            color_scheme_id?: number | null;
            private_profile?: boolean | null;
            note?: string | null;
            view_diffs_file_by_file?: boolean | null;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            group_id_for_saml?: number | null;
            auditor?: boolean | null;
        };
        "user-details-with-admin": {
            /** Format: int64 */
            id: number;
            /** @example john_smith */
            username: string;
            /** @example John Smith */
            name: string;
            state: components["schemas"]["user-state"];
            locked: boolean;
            /** Format: uri */
            avatar_url: string | null;
            custom_attributes?: components["schemas"]["custom-attribute"][];
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at: string;
            bio: string;
            location: string | null;
            public_email: string | null;
            skype: string;
            linkedin: string;
            twitter: string;
            discord: string;
            github?: string;
            website_url: string;
            organization: string;
            job_title: string;
            pronouns: string | null;
            bot: boolean;
            work_information: string | null;
            followers?: number;
            following?: number;
            is_followed?: boolean;
            local_time: string | null;
            /** Format: date-time */
            last_sign_in_at: string | null;
            /** Format: date-time */
            confirmed_at: string | null;
            /** Format: date */
            last_activity_on: string | null;
            email: string;
            theme_id: number | null;
            color_scheme_id: number;
            projects_limit: number;
            /** Format: date-time */
            current_sign_in_at: string | null;
            identities: components["schemas"]["identity"][];
            can_create_group: boolean;
            can_create_project: boolean;
            two_factor_enabled: boolean;
            external: boolean;
            private_profile: boolean;
            commit_email: string | null;
            preferred_language?: string;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            scim_identities?: {
                [key: string]: unknown;
            }[];
            is_admin: boolean;
            note: string | null;
            /** Format: int64 */
            namespace_id: number | null;
            created_by: components["schemas"]["user-basic-or-null"];
            /** Format: date-time */
            email_reset_offered_at?: string | null;
            using_license_seat?: boolean;
            is_auditor?: boolean;
            provisioned_by_group_id?: number | null;
            enterprise_group_id?: number | null;
            /** Format: date-time */
            enterprise_group_associated_at?: string | null;
            highest_role: number;
            current_sign_in_ip: string | null;
            last_sign_in_ip: string | null;
            sign_in_count: number;
            plan?: string | null;
            trial?: boolean | null;
        };
        user: {
            /** Format: int64 */
            id: number;
            /** @example john_smith */
            username: string;
            /** @example John Smith */
            name: string;
            state: components["schemas"]["user-state"];
            locked: boolean;
            /** Format: uri */
            avatar_url: string | null;
            custom_attributes?: components["schemas"]["custom-attribute"][];
            /** Format: uri */
            web_url: string;
            /** Format: date-time */
            created_at?: string;
            bio: string;
            location: string | null;
            public_email: string | null;
            skype: string;
            linkedin: string;
            twitter: string;
            discord: string;
            github?: string;
            website_url: string;
            organization: string;
            job_title: string;
            pronouns: string | null;
            bot: boolean;
            work_information: string | null;
            followers?: number;
            following?: number;
            is_followed?: boolean;
            local_time: string | null;
        };
        "user-change": {
            email?: string | null;
            password?: string | null;
            skip_reconfirmation?: boolean | null;
            name?: string | null;
            username?: string | null;
            skype?: string | null;
            github?: string | null;
            linkedin?: string | null;
            twitter?: string | null;
            discord?: string | null;
            website_url?: string | null;
            organization?: string | null;
            projects_limit?: number | null;
            extern_uid?: string | null;
            provider?: string | null;
            bio?: string | null;
            location?: string | null;
            pronouns?: string | null;
            public_email?: string | null;
            commit_email?: string | null;
            admin?: boolean | null;
            can_create_group?: boolean | null;
            external?: boolean | null;
            /** Format: grape-file */
            avatar?: string | null;
            theme_id?: number | null;
            color_scheme_id?: number | null;
            private_profile?: boolean | null;
            note?: string | null;
            view_diffs_file_by_file?: boolean | null;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            group_id_for_saml?: number | null;
            auditor?: boolean | null;
        };
        "user-change-form": {
            email?: string | null;
            password?: string | null;
            skip_reconfirmation?: boolean | null;
            name?: string | null;
            username?: string | null;
            skype?: string | null;
            github?: string | null;
            linkedin?: string | null;
            twitter?: string | null;
            discord?: string | null;
            website_url?: string | null;
            organization?: string | null;
            projects_limit?: number | null;
            extern_uid?: string | null;
            provider?: string | null;
            bio?: string | null;
            location?: string | null;
            pronouns?: string | null;
            public_email?: string | null;
            commit_email?: string | null;
            admin?: boolean | null;
            can_create_group?: boolean | null;
            external?: boolean | null;
            /** Format: binary */
            avatar?: string | null;
            theme_id?: number | null;
            color_scheme_id?: number | null;
            private_profile?: boolean | null;
            note?: string | null;
            view_diffs_file_by_file?: boolean | null;
            shared_runners_minutes_limit?: number | null;
            extra_shared_runners_minutes_limit?: number | null;
            group_id_for_saml?: number | null;
            auditor?: boolean | null;
        };
        "user-removal": {
            hard_delete?: boolean | null;
        };
        success: {
            /** @enum {string} */
            message: "Success";
        };
        "user-associations-count": {
            groups_count: number;
            projects_count: number;
            issues_count: number;
            merge_requests_count: number;
        };
        "wanted-custom-attribute": {
            value: string | null;
        };
        "new-user-email": {
            email: string | null;
            skip_confirmation?: boolean | null;
        };
        project: {
            /** Format: int64 */
            id: number;
            description: string | null;
            name: string;
            name_with_namespace: string;
            path: string;
            path_with_namespace: string;
            /** Format: date-time */
            created_at: string;
        };
        "impersonation-token": {
            /** Format: int64 */
            id: number;
            name: string;
            /** @enum {string} */
            kind?: "private";
            revoked: boolean;
            /** Format: date-time */
            created_at: string;
            description?: string | null;
            scopes: string[];
            /** Format: int64 */
            user_id: number;
            /** Format: date-time */
            last_used_at: string | null;
            active: boolean;
            /** Format: date */
            expires_at: string | null;
            /** @enum {boolean} */
            impersonation: true;
        };
        "new-impersonation-token": {
            name: string | null;
            description?: string | null;
            /** Format: grape-date */
            expires_at?: string | null;
            scopes?: string[] | null;
        };
        "impersonation-token-with-token": {
            /** Format: int64 */
            id: number;
            name: string;
            /** @enum {string} */
            kind?: "private";
            revoked: boolean;
            /** Format: date-time */
            created_at: string;
            description?: string | null;
            scopes: string[];
            /** Format: int64 */
            user_id: number;
            /** Format: date-time */
            last_used_at: string | null;
            active: boolean;
            /** Format: date */
            expires_at: string | null;
            /** @enum {boolean} */
            impersonation: true;
            token: string;
        };
        /** @enum {string} */
        "membership-type": "Project" | "Namespace";
        membership: {
            /** Format: int64 */
            source_id: number;
            source_name: string;
            source_type: components["schemas"]["membership-type"];
            access_level: number;
        };
        /** @enum {string} */
        "token-scope": "api" | "read_api" | "read_user" | "create_runner" | "manage_runner" | "sudo" | "admin_mode" | "read_repository" | "write_repository" | "read_registry" | "write_registry" | "k8s_proxy" | "self_rotate" | "ai_features" | "read_service_ping" | "openid" | "profile" | "email" | "admin:enterprise" | "admin:gpg_key" | "admin:org" | "admin:org_hook" | "admin:public_key" | "admin:repo_hook" | "admin:ssh_signing_key" | "audit_log" | "read:audit_log" | "codespace" | "copilot" | "delete:packages" | "delete_repo" | "gist" | "manage_billing:enterprise" | "manage_runners:enterprise" | "manage_runners:org" | "notifications" | "project" | "public_repo" | "read:discussion" | "read:enterprise" | "read:gpg_key" | "read:org" | "read:packages" | "read:project" | "read:public_key" | "read:repo_hook" | "read:ssh_signing_key" | "read:user" | "repo" | "repo:invite" | "repo:status" | "repo_deployment" | "security_events" | "site_admin" | "user" | "user:email" | "user:follow" | "workflow" | "write:discussion" | "write:gpg_key" | "write:org" | "write:packages" | "write:public_key" | "write:repo_hook" | "write:ssh_signing_key";
        "new-personal-access-token": {
            name: string | null;
            scopes: components["schemas"]["token-scope"][] | null;
            description?: string | null;
            /** Format: grape-date */
            expires_at?: string | null;
        };
        "deploy-key": {
            /** Format: int64 */
            id: number;
            title: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            key: string;
            usage_type: components["schemas"]["key-usage-type"];
            fingerprint?: string;
            fingerprint_sha256: string;
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
        /** @description A page of audit events, the newest first. */
        page_of_audit_events: {
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
                "application/json": components["schemas"]["audit-event"][];
            };
        };
        /** @description The caller has it. */
        not_modified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
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
        /** @description The caller or the token may not. */
        forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["token-error"] | components["schemas"]["refusal"];
            };
        };
        /** @description Not in this way, or not so far down the list. */
        method_not_allowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["parameter-error"];
            };
        };
        /** @description The audit event. */
        audit_event: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["audit-event"];
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
        /** @description Where the picture is. */
        avatar: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["avatar"];
            };
        };
        /** @description A page of events. */
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
        /** @description The SSH key and whose it is. */
        ssh_key_with_user: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ssh-key-with-user"];
            };
        };
        /** @description The version and what belongs to it. */
        metadata: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["metadata"];
            };
        };
        /** @description A page of personal access tokens. */
        page_of_personal_access_tokens: {
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
                "application/json": components["schemas"]["personal-access-token"][];
            };
        };
        /** @description The personal access token. */
        personal_access_token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["personal-access-token"];
            };
        };
        /** @description Done. */
        no_content: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The personal access token, with its text for this once. */
        personal_access_token_with_token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["personal-access-token-with-token"];
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
        /** @description A page of service accounts. */
        page_of_service_accounts: {
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
                "application/json": components["schemas"]["service-account"][];
            };
        };
        /** @description The service account. */
        service_account: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["service-account"];
            };
        };
        /** @description The caller; the longer form for administrators. */
        user_in_person: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-with-admin"] | components["schemas"]["user-public"];
            };
        };
        /** @description A page of activities. */
        page_of_activities: {
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
                "application/json": components["schemas"]["user-activity"][];
            };
        };
        /** @description A page of email addresses, the primary one first. */
        page_of_emails: {
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
        /** @description It has changed since the time in If-Unmodified-Since. */
        precondition_failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["refusal"];
            };
        };
        /** @description A page of GPG keys. */
        page_of_gpg_keys: {
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
                "application/json": components["schemas"]["gpg-key"][];
            };
        };
        /** @description The GPG key. */
        gpg_key: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["gpg-key"];
            };
        };
        /** @description Done, with the status for a body. */
        accepted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": 202;
            };
        };
        /** @description A page of SSH keys. */
        page_of_ssh_keys: {
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
        /** @description The token can't be made so. */
        unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["refusal"];
            };
        };
        /** @description The preferences as they stand. */
        user_preferences: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-preferences"];
            };
        };
        /** @description The runner, with its token for this once. */
        runner_registration_details: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["runner-registration-details"];
            };
        };
        /** @description The status; full of nulls where none is set. */
        user_status: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-status"];
            };
        };
        /** @description The status as it now stands. */
        user_status_now: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-status-or-null"];
            };
        };
        /** @description The Support PIN. */
        support_pin: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["support-pin"];
            };
        };
        /** @description What is known of the card. */
        credit_card_validation: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["credit-card-validation"];
            };
        };
        /** @description What awaits the caller. */
        user_counts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-counts"];
            };
        };
        /** @description A page of users; the longer form for administrators. */
        page_of_users_found: {
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
                "application/json": components["schemas"]["user-with-admin"][] | components["schemas"]["user-basic"][];
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
        /** @description The user as stored. */
        user_with_admin: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-with-admin"];
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
                "application/json": components["schemas"]["user-details-with-admin"] | components["schemas"]["user"];
            };
        };
        /** @description Done, or nothing to do. */
        state_changed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": boolean | null;
            };
        };
        /** @description Done. */
        success: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["success"];
            };
        };
        /** @description How much the user takes part in. */
        user_associations_count: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-associations-count"];
            };
        };
        /** @description All of the user's custom attributes, not in pages. */
        custom_attributes: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["custom-attribute"][];
            };
        };
        /** @description The custom attribute. */
        custom_attribute: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["custom-attribute"];
            };
        };
        /** @description The user. */
        user_basic: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["user-basic"];
            };
        };
        /** @description It was so before. */
        nothing_changed: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description A page of users. */
        page_of_users: {
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
                "application/json": components["schemas"]["user-basic"][];
            };
        };
        /** @description A page of projects. */
        page_of_projects: {
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
                "application/json": components["schemas"]["project"][];
            };
        };
        /** @description A page of impersonation tokens. */
        page_of_impersonation_tokens: {
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
                "application/json": components["schemas"]["impersonation-token"][];
            };
        };
        /** @description The impersonation token, with its text for this once. */
        impersonation_token_with_token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["impersonation-token-with-token"];
            };
        };
        /** @description The impersonation token. */
        impersonation_token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["impersonation-token"];
            };
        };
        /** @description A page of memberships. */
        page_of_memberships: {
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
                "application/json": components["schemas"]["membership"][];
            };
        };
        /** @description A page of deploy keys. */
        page_of_deploy_keys: {
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
                "application/json": components["schemas"]["deploy-key"][];
            };
        };
    };
    parameters: {
        /** @description Which page of the list, from 1. */
        page: number;
        /** @description How many to a page, 20 if nothing is said and 100 at most. */
        "per-page": number;
        "event-action": "created" | "updated" | "closed" | "reopened" | "pushed" | "commented" | "merged" | "joined" | "left" | "destroyed" | "expired" | "approved";
        "event-target-type": "issue" | "milestone" | "merge_request" | "note" | "project" | "snippet" | "user" | "wiki" | "design" | "epic";
        "event-before": string;
        "event-after": string;
        "event-sort": "asc" | "desc";
        /**
         * @description The number of the user.
         * @example 2
         */
        id: string;
        /**
         * @description The number of the user.
         * @example 2
         */
        "user-id": number;
        /**
         * @description The number of the address.
         * @example 1
         */
        "email-id": number;
        /**
         * @description The number of the key.
         * @example 1
         */
        "key-id": number;
        /**
         * @description The user's number, or username.
         * @example john_smith
         */
        "user-id-or-username": string;
        /** @description Shows administrators what is noted on users. */
        "with-custom-attributes": boolean;
        /** @description Only users with these notes; for administrators. */
        "custom-attributes": {
            [key: string]: string;
        };
        /**
         * @description The name of the attribute.
         * @example location
         */
        "custom-attribute-key": string;
        /**
         * @description The user's number, or username.
         * @example john_smith
         */
        "id-or-username": string;
        /**
         * @description Where the user signs in, such as `ldapmain`.
         * @example ldapmain
         */
        provider: string;
        /**
         * @description The number of the token.
         * @example 1
         */
        "impersonation-token-id": number;
    };
    requestBodies: {
        rotation: {
            content: {
                "application/json": components["schemas"]["rotation"];
                "application/x-www-form-urlencoded": components["schemas"]["rotation"];
                "multipart/form-data": components["schemas"]["rotation"];
            };
        };
        "new-service-account": {
            content: {
                "application/json": components["schemas"]["new-service-account"];
                "application/x-www-form-urlencoded": components["schemas"]["new-service-account"];
                "multipart/form-data": components["schemas"]["new-service-account"];
            };
        };
        "wanted-avatar": {
            content: {
                "application/json": components["schemas"]["wanted-avatar"];
                "application/x-www-form-urlencoded": components["schemas"]["wanted-avatar"];
                "multipart/form-data": components["schemas"]["wanted-avatar-form"];
            };
        };
        "new-email": {
            content: {
                "application/json": components["schemas"]["new-email"];
                "application/x-www-form-urlencoded": components["schemas"]["new-email"];
                "multipart/form-data": components["schemas"]["new-email"];
            };
        };
        "new-gpg-key": {
            content: {
                "application/json": components["schemas"]["new-gpg-key"];
                "application/x-www-form-urlencoded": components["schemas"]["new-gpg-key"];
                "multipart/form-data": components["schemas"]["new-gpg-key"];
            };
        };
        "new-ssh-key": {
            content: {
                "application/json": components["schemas"]["new-ssh-key"];
                "application/x-www-form-urlencoded": components["schemas"]["new-ssh-key"];
                "multipart/form-data": components["schemas"]["new-ssh-key"];
            };
        };
        "new-limited-token": {
            content: {
                "application/json": components["schemas"]["new-limited-token"];
                "application/x-www-form-urlencoded": components["schemas"]["new-limited-token"];
                "multipart/form-data": components["schemas"]["new-limited-token"];
            };
        };
        "wanted-preferences": {
            content: {
                "application/json": components["schemas"]["wanted-preferences"];
                "application/x-www-form-urlencoded": components["schemas"]["wanted-preferences"];
                "multipart/form-data": components["schemas"]["wanted-preferences"];
            };
        };
        "new-runner": {
            content: {
                "application/json": components["schemas"]["new-runner"];
                "application/x-www-form-urlencoded": components["schemas"]["new-runner"];
                "multipart/form-data": components["schemas"]["new-runner"];
            };
        };
        "wanted-status": {
            content: {
                "application/json": components["schemas"]["wanted-status"];
                "application/x-www-form-urlencoded": components["schemas"]["wanted-status"];
                "multipart/form-data": components["schemas"]["wanted-status"];
            };
        };
        "credit-card": {
            content: {
                "application/json": components["schemas"]["credit-card"];
                "application/x-www-form-urlencoded": components["schemas"]["credit-card"];
                "multipart/form-data": components["schemas"]["credit-card"];
            };
        };
        "new-user": {
            content: {
                "application/json": components["schemas"]["new-user"];
                "application/x-www-form-urlencoded": components["schemas"]["new-user"];
                "multipart/form-data": components["schemas"]["new-user-form"];
            };
        };
        "user-change": {
            content: {
                "application/json": components["schemas"]["user-change"];
                "application/x-www-form-urlencoded": components["schemas"]["user-change"];
                "multipart/form-data": components["schemas"]["user-change-form"];
            };
        };
        "user-removal": {
            content: {
                "application/json": components["schemas"]["user-removal"];
                "application/x-www-form-urlencoded": components["schemas"]["user-removal"];
                "multipart/form-data": components["schemas"]["user-removal"];
            };
        };
        "wanted-custom-attribute": {
            content: {
                "application/json": components["schemas"]["wanted-custom-attribute"];
                "application/x-www-form-urlencoded": components["schemas"]["wanted-custom-attribute"];
                "multipart/form-data": components["schemas"]["wanted-custom-attribute"];
            };
        };
        "new-user-email": {
            content: {
                "application/json": components["schemas"]["new-user-email"];
                "application/x-www-form-urlencoded": components["schemas"]["new-user-email"];
                "multipart/form-data": components["schemas"]["new-user-email"];
            };
        };
        "new-impersonation-token": {
            content: {
                "application/json": components["schemas"]["new-impersonation-token"];
                "application/x-www-form-urlencoded": components["schemas"]["new-impersonation-token"];
                "multipart/form-data": components["schemas"]["new-impersonation-token"];
            };
        };
        "new-personal-access-token": {
            content: {
                "application/json": components["schemas"]["new-personal-access-token"];
                "application/x-www-form-urlencoded": components["schemas"]["new-personal-access-token"];
                "multipart/form-data": components["schemas"]["new-personal-access-token"];
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
    listAuditEvents: {
        parameters: {
            query?: {
                entity_type?: "Project" | "Group" | "User" | "Gitlab::Audit::InstanceScope";
                entity_id?: number;
                created_after?: string;
                created_before?: string;
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                pagination?: string;
                order_by?: string;
                sort?: string;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_audit_events"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            405: components["responses"]["method_not_allowed"];
            default: components["responses"]["error"];
        };
    };
    getAuditEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the event.
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["audit_event"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    getAvatar: {
        parameters: {
            query: {
                email: string;
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["avatar"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                scope?: string;
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                action?: components["parameters"]["event-action"];
                target_type?: components["parameters"]["event-target-type"];
                before?: components["parameters"]["event-before"];
                after?: components["parameters"]["event-after"];
                sort?: components["parameters"]["event-sort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_events"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    findKey: {
        parameters: {
            query: {
                fingerprint: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_key_with_user"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    getKey: {
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
            200: components["responses"]["ssh_key_with_user"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    getMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["metadata"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    listPersonalAccessTokens: {
        parameters: {
            query?: {
                user_id?: number;
                revoked?: boolean;
                state?: "active" | "inactive";
                created_before?: string;
                created_after?: string;
                last_used_before?: string;
                last_used_after?: string;
                search?: string;
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
            200: components["responses"]["page_of_personal_access_tokens"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    getOwnPersonalAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["personal_access_token"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    revokeOwnPersonalAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    rotateOwnPersonalAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["rotation"];
        responses: {
            200: components["responses"]["personal_access_token_with_token"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            405: components["responses"]["method_not_allowed"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getPersonalAccessToken: {
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
            200: components["responses"]["personal_access_token"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    revokePersonalAccessToken: {
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
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    rotatePersonalAccessToken: {
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
        requestBody?: components["requestBodies"]["rotation"];
        responses: {
            200: components["responses"]["personal_access_token_with_token"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    listServiceAccounts: {
        parameters: {
            query?: {
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                order_by?: "id" | "username";
                sort?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_service_accounts"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    createServiceAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-service-account"];
        responses: {
            201: components["responses"]["service_account"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    updateServiceAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                user_id: components["parameters"]["user-id"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-service-account"];
        responses: {
            200: components["responses"]["service_account"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: {
                sudo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_in_person"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserActivities: {
        parameters: {
            query?: {
                from?: string;
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
            200: components["responses"]["page_of_activities"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    setUserAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["wanted-avatar"];
        responses: {
            200: components["responses"]["avatar"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    listCurrentUserEmails: {
        parameters: {
            query?: {
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
            200: components["responses"]["page_of_emails"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
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
                 * @description The number of the address.
                 * @example 1
                 */
                email_id: components["parameters"]["email-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["email"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
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
                 * @description The number of the address.
                 * @example 1
                 */
                email_id: components["parameters"]["email-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    listCurrentUserGpgKeys: {
        parameters: {
            query?: {
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
            200: components["responses"]["page_of_gpg_keys"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    addCurrentUserGpgKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-gpg-key"];
        responses: {
            201: components["responses"]["gpg_key"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getCurrentUserGpgKey: {
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
            200: components["responses"]["gpg_key"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    deleteCurrentUserGpgKey: {
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
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    revokeCurrentUserGpgKey: {
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
            202: components["responses"]["accepted"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listCurrentUserKeys: {
        parameters: {
            query?: {
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
            200: components["responses"]["page_of_ssh_keys"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
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
        requestBody?: components["requestBodies"]["new-ssh-key"];
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
                 * @description The number of the key.
                 * @example 1
                 */
                key_id: components["parameters"]["key-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ssh_key"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
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
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    createLimitedPersonalAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-limited-token"];
        responses: {
            201: components["responses"]["personal_access_token_with_token"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["unprocessable"];
            default: components["responses"]["error"];
        };
    };
    getUserPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_preferences"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    updateUserPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["wanted-preferences"];
        responses: {
            200: components["responses"]["user_preferences"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    createRunner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-runner"];
        responses: {
            201: components["responses"]["runner_registration_details"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getCurrentUserStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_status"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    setUserStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["wanted-status"];
        responses: {
            200: components["responses"]["user_status_now"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    updateUserStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["wanted-status"];
        responses: {
            200: components["responses"]["user_status_now"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getSupportPin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["support_pin"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    createSupportPin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: components["responses"]["support_pin"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    updateCreditCardValidation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["credit-card"];
        responses: {
            200: components["responses"]["credit_card_validation"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getUserCounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_counts"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                username?: string;
                extern_uid?: string;
                provider?: string;
                public_email?: string;
                search?: string;
                active?: boolean;
                humans?: boolean;
                external?: boolean;
                blocked?: boolean;
                created_after?: string;
                created_before?: string;
                without_projects?: boolean;
                without_project_bots?: boolean;
                admins?: boolean;
                two_factor?: string;
                exclude_active?: boolean;
                exclude_external?: boolean;
                exclude_humans?: boolean;
                exclude_internal?: boolean;
                order_by?: "id" | "name" | "username" | "created_at" | "updated_at";
                sort?: "asc" | "desc";
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                /** @description Shows administrators what is noted on users. */
                with_custom_attributes?: components["parameters"]["with-custom-attributes"];
                /** @description Only users with these notes; for administrators. */
                custom_attributes?: components["parameters"]["custom-attributes"];
                skip_ldap?: boolean;
                saml_provider_id?: number;
                auditors?: boolean;
                pagination?: string;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_users_found"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            405: components["responses"]["method_not_allowed"];
            429: components["responses"]["too_many_requests"];
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
            201: components["responses"]["user_with_admin"];
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
            query?: {
                /** @description Shows administrators what is noted on users. */
                with_custom_attributes?: components["parameters"]["with-custom-attributes"];
                /** @description Only users with these notes; for administrators. */
                custom_attributes?: components["parameters"]["custom-attributes"];
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
            200: components["responses"]["user_found"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
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
            200: components["responses"]["user_with_admin"];
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
            query?: {
                hard_delete?: boolean;
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
        requestBody?: components["requestBodies"]["user-removal"];
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            412: components["responses"]["precondition_failed"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    activateUser: {
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
            201: components["responses"]["state_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    approveUser: {
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
            201: components["responses"]["success"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            default: components["responses"]["error"];
        };
    };
    getUserAssociationsCount: {
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
            200: components["responses"]["user_associations_count"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    banUser: {
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
            201: components["responses"]["state_changed"];
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
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: components["responses"]["state_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserCustomAttributes: {
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
            200: components["responses"]["custom_attributes"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    getUserCustomAttribute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
                /**
                 * @description The name of the attribute.
                 * @example location
                 */
                key: components["parameters"]["custom-attribute-key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["custom_attribute"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    setUserCustomAttribute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
                /**
                 * @description The name of the attribute.
                 * @example location
                 */
                key: components["parameters"]["custom-attribute-key"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["wanted-custom-attribute"];
        responses: {
            200: components["responses"]["custom_attribute"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    deleteUserCustomAttribute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
                /**
                 * @description The name of the attribute.
                 * @example location
                 */
                key: components["parameters"]["custom-attribute-key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    deactivateUser: {
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
            201: components["responses"]["state_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    disableTwoFactor: {
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
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserEmails: {
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
            200: components["responses"]["page_of_emails"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
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
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-user-email"];
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
                id: components["parameters"]["id"];
                /**
                 * @description The number of the address.
                 * @example 1
                 */
                email_id: components["parameters"]["email-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
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
                action?: components["parameters"]["event-action"];
                target_type?: components["parameters"]["event-target-type"];
                before?: components["parameters"]["event-before"];
                after?: components["parameters"]["event-after"];
                sort?: components["parameters"]["event-sort"];
            };
            header?: never;
            path: {
                /**
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                id: components["parameters"]["id-or-username"];
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
    followUser: {
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
            201: components["responses"]["user_basic"];
            304: components["responses"]["nothing_changed"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listFollowers: {
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
            200: components["responses"]["page_of_users"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    listFollowing: {
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
            200: components["responses"]["page_of_users"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    listUserGpgKeys: {
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
            200: components["responses"]["page_of_gpg_keys"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    addUserGpgKey: {
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
        requestBody?: components["requestBodies"]["new-gpg-key"];
        responses: {
            201: components["responses"]["gpg_key"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getUserGpgKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
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
            200: components["responses"]["gpg_key"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    deleteUserGpgKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
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
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    revokeUserGpgKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
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
            202: components["responses"]["accepted"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    deleteUserIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
                /**
                 * @description Where the user signs in, such as `ldapmain`.
                 * @example ldapmain
                 */
                provider: components["parameters"]["provider"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    getUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                id: components["parameters"]["id"];
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
            200: components["responses"]["ssh_key"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
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
                id: components["parameters"]["id"];
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
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    rejectUser: {
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
            200: components["responses"]["success"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            default: components["responses"]["error"];
        };
    };
    getUserSupportPin: {
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
            200: components["responses"]["support_pin"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    revokeUserSupportPin: {
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
            202: components["responses"]["accepted"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    unbanUser: {
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
            201: components["responses"]["state_changed"];
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
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: components["responses"]["state_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    unfollowUser: {
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
            201: components["responses"]["user_basic"];
            304: components["responses"]["nothing_changed"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserContributedProjects: {
        parameters: {
            query?: {
                order_by?: "id" | "name" | "path" | "created_at" | "updated_at" | "last_activity_at" | "similarity" | "star_count" | "storage_size" | "repository_size" | "wiki_size" | "packages_size";
                sort?: "asc" | "desc";
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                simple?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_projects"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    listImpersonationTokens: {
        parameters: {
            query?: {
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                state?: "all" | "active" | "inactive";
            };
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                user_id: components["parameters"]["user-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_impersonation_tokens"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    createImpersonationToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                user_id: components["parameters"]["user-id"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-impersonation-token"];
        responses: {
            201: components["responses"]["impersonation_token_with_token"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            default: components["responses"]["error"];
        };
    };
    getImpersonationToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                user_id: components["parameters"]["user-id"];
                /**
                 * @description The number of the token.
                 * @example 1
                 */
                impersonation_token_id: components["parameters"]["impersonation-token-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["impersonation_token"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    revokeImpersonationToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                user_id: components["parameters"]["user-id"];
                /**
                 * @description The number of the token.
                 * @example 1
                 */
                impersonation_token_id: components["parameters"]["impersonation-token-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["no_content"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            default: components["responses"]["error"];
        };
    };
    listUserKeys: {
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
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_ssh_keys"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
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
                user_id: components["parameters"]["user-id"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-ssh-key"];
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
    listUserMemberships: {
        parameters: {
            query?: {
                type?: "Project" | "Namespace";
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
                user_id: components["parameters"]["user-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_memberships"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    createPersonalAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the user.
                 * @example 2
                 */
                user_id: components["parameters"]["user-id"];
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["new-personal-access-token"];
        responses: {
            201: components["responses"]["personal_access_token_with_token"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["unprocessable"];
            default: components["responses"]["error"];
        };
    };
    listUserProjectDeployKeys: {
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
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_deploy_keys"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            default: components["responses"]["error"];
        };
    };
    listUserProjects: {
        parameters: {
            query?: {
                order_by?: "id" | "name" | "path" | "created_at" | "updated_at" | "last_activity_at" | "similarity" | "star_count" | "storage_size" | "repository_size" | "wiki_size" | "packages_size";
                sort?: "asc" | "desc";
                archived?: boolean;
                visibility?: "private" | "internal" | "public";
                search?: string;
                search_namespaces?: boolean;
                owned?: boolean;
                starred?: boolean;
                imported?: boolean;
                membership?: boolean;
                with_issues_enabled?: boolean;
                with_merge_requests_enabled?: boolean;
                with_programming_language?: string;
                min_access_level?: 5 | 10 | 20 | 30 | 40 | 50;
                id_after?: number;
                id_before?: number;
                last_activity_after?: string;
                last_activity_before?: string;
                repository_storage?: string;
                topic?: string[];
                topic_id?: number;
                updated_before?: string;
                updated_after?: string;
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                simple?: boolean;
                statistics?: boolean;
                /** @description Shows administrators what is noted on users. */
                with_custom_attributes?: components["parameters"]["with-custom-attributes"];
                /** @description Only users with these notes; for administrators. */
                custom_attributes?: components["parameters"]["custom-attributes"];
            };
            header?: never;
            path: {
                /**
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_projects"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    listUserStarredProjects: {
        parameters: {
            query?: {
                order_by?: "id" | "name" | "path" | "created_at" | "updated_at" | "last_activity_at" | "similarity" | "star_count" | "storage_size" | "repository_size" | "wiki_size" | "packages_size";
                sort?: "asc" | "desc";
                archived?: boolean;
                visibility?: "private" | "internal" | "public";
                search?: string;
                search_namespaces?: boolean;
                owned?: boolean;
                starred?: boolean;
                imported?: boolean;
                membership?: boolean;
                with_issues_enabled?: boolean;
                with_merge_requests_enabled?: boolean;
                with_programming_language?: string;
                min_access_level?: 5 | 10 | 20 | 30 | 40 | 50;
                id_after?: number;
                id_before?: number;
                last_activity_after?: string;
                last_activity_before?: string;
                repository_storage?: string;
                topic?: string[];
                topic_id?: number;
                updated_before?: string;
                updated_after?: string;
                /** @description Which page of the list, from 1. */
                page?: components["parameters"]["page"];
                /** @description How many to a page, 20 if nothing is said and 100 at most. */
                per_page?: components["parameters"]["per-page"];
                simple?: boolean;
                statistics?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["page_of_projects"];
            304: components["responses"]["not_modified"];
            400: components["responses"]["bad_request"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    getUserStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user's number, or username.
                 * @example john_smith
                 */
                user_id: components["parameters"]["user-id-or-username"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["user_status"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            default: components["responses"]["error"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["metadata"];
            304: components["responses"]["not_modified"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            default: components["responses"]["error"];
        };
    };
}
