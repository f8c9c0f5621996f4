CREATE TABLE `audit_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`actor_id` integer,
	`user_id` integer,
	`action` text NOT NULL,
	`details` text,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `avatars` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` blob NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `custom_attributes` (
	`user_id` integer NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`user_id`, `key`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `custom_attributes_key` ON `custom_attributes` (`key`,`value`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`author_id` integer NOT NULL,
	`project_id` integer,
	`action_name` text NOT NULL,
	`target_id` integer,
	`target_iid` integer,
	`target_type` text,
	`target_title` text,
	`data` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `events_author_id` ON `events` (`author_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `gpg_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `gpg_keys_fingerprint` ON `gpg_keys` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `gpg_keys_user_id` ON `gpg_keys` (`user_id`);--> statement-breakpoint
CREATE TABLE `identities` (
	`user_id` integer NOT NULL,
	`provider` text NOT NULL,
	`extern_uid` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `provider`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_extern_uid` ON `identities` (`provider`,`extern_uid`);--> statement-breakpoint
CREATE TABLE `mailed_links` (
	`digest` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`purpose` text NOT NULL,
	`email` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `mailed_links_user_id` ON `mailed_links` (`user_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`user_id` integer NOT NULL,
	`source_type` text NOT NULL,
	`source_id` integer NOT NULL,
	`source_name` text NOT NULL,
	`access_level` integer NOT NULL,
	PRIMARY KEY(`user_id`, `source_type`, `source_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `memberships_source` ON `memberships` (`source_type`,`source_id`,`access_level`);--> statement-breakpoint
CREATE TABLE `runners` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`runner_type` text NOT NULL,
	`group_id` integer,
	`project_id` integer,
	`description` text,
	`maintenance_note` text,
	`paused` integer DEFAULT false NOT NULL,
	`locked` integer DEFAULT false NOT NULL,
	`run_untagged` integer DEFAULT true NOT NULL,
	`tag_list` text DEFAULT '' NOT NULL,
	`access_level` text DEFAULT 'not_protected' NOT NULL,
	`maximum_timeout` integer,
	`token_digest` text NOT NULL,
	`created_by_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE TABLE `user_counts` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`groups` integer DEFAULT 0 NOT NULL,
	`projects` integer DEFAULT 0 NOT NULL,
	`issues` integer DEFAULT 0 NOT NULL,
	`merge_requests` integer DEFAULT 0 NOT NULL,
	`assigned_issues` integer DEFAULT 0 NOT NULL,
	`assigned_merge_requests` integer DEFAULT 0 NOT NULL,
	`review_requested_merge_requests` integer DEFAULT 0 NOT NULL,
	`todos` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `user_preferences` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`view_diffs_file_by_file` integer DEFAULT false NOT NULL,
	`show_whitespace_in_diffs` integer DEFAULT true NOT NULL,
	`pass_user_identities_to_ci_jwt` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `user_preferences_user_id` ON `user_preferences` (`user_id`);--> statement-breakpoint
CREATE TABLE `user_statuses` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`emoji` text NOT NULL,
	`message` text,
	`availability` text DEFAULT 'not_set' NOT NULL,
	`clear_status_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
ALTER TABLE `users` ADD `avatar` text;