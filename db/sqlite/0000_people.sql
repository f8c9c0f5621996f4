CREATE TABLE `blocks` (
	`blocker_id` integer NOT NULL,
	`blocked_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`blocker_id`, `blocked_id`),
	FOREIGN KEY (`blocker_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blocked_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `blocks_blocked_id` ON `blocks` (`blocked_id`);--> statement-breakpoint
CREATE TABLE `emails` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`email` text NOT NULL,
	`is_primary` integer DEFAULT false NOT NULL,
	`visibility` text,
	`confirmed_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `emails_email` ON `emails` (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX `emails_primary` ON `emails` (`user_id`) WHERE is_primary = 1;--> statement-breakpoint
CREATE INDEX `emails_user_id` ON `emails` (`user_id`);--> statement-breakpoint
CREATE TABLE `follow_sequence` (
	`id` integer PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `follows` (
	`follower_id` integer NOT NULL,
	`followed_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`created_at` integer NOT NULL,
	`hidden` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`follower_id`, `followed_id`),
	FOREIGN KEY (`follower_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`followed_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `follows_by_time` ON `follows` (`followed_id`,`hidden`,`seq`);--> statement-breakpoint
CREATE INDEX `follows_by_follower` ON `follows` (`followed_id`,`hidden`,`follower_id`);--> statement-breakpoint
CREATE TABLE `ssh_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`title` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint_sha256` text NOT NULL,
	`fingerprint_md5` text NOT NULL,
	`usage_type` text DEFAULT 'auth_and_signing' NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ssh_keys_fingerprint_sha256` ON `ssh_keys` (`fingerprint_sha256`);--> statement-breakpoint
CREATE INDEX `ssh_keys_user_id` ON `ssh_keys` (`user_id`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`jti` text NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text DEFAULT 'personal' NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`scopes` text NOT NULL,
	`permissions` text,
	`issued_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	`created_by_id` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_jti` ON `tokens` (`jti`);--> statement-breakpoint
CREATE INDEX `tokens_user_id` ON `tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`username` text NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`state` text DEFAULT 'active' NOT NULL,
	`type` text DEFAULT 'human' NOT NULL,
	`admin` integer DEFAULT false NOT NULL,
	`followers` integer DEFAULT 0 NOT NULL,
	`following` integer DEFAULT 0 NOT NULL,
	`counted_at` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`bio` text DEFAULT '' NOT NULL,
	`location` text DEFAULT '' NOT NULL,
	`organization` text DEFAULT '' NOT NULL,
	`website_url` text DEFAULT '' NOT NULL,
	`twitter` text DEFAULT '' NOT NULL,
	`linkedin` text DEFAULT '' NOT NULL,
	`skype` text DEFAULT '' NOT NULL,
	`discord` text DEFAULT '' NOT NULL,
	`job_title` text DEFAULT '' NOT NULL,
	`pronouns` text,
	`hireable` integer,
	`public_email` text DEFAULT '' NOT NULL,
	`commit_email` text,
	`unconfirmed_email` text,
	`timezone` text,
	`note` text,
	`external` integer DEFAULT false NOT NULL,
	`private_profile` integer DEFAULT false NOT NULL,
	`enabled_following` integer DEFAULT true NOT NULL,
	`can_create_group` integer DEFAULT true NOT NULL,
	`projects_limit` integer DEFAULT 100000 NOT NULL,
	`theme_id` integer DEFAULT 1 NOT NULL,
	`color_scheme_id` integer DEFAULT 1 NOT NULL,
	`suspended_reason` text,
	`suspended_at` integer,
	`confirmed_at` integer,
	`created_by_id` integer,
	`password_hash` text,
	`password_expires_at` integer,
	`email_reset_offered_at` integer,
	`otp_secret` text,
	`otp_enabled_at` integer,
	`otp_last_step` integer,
	`failed_attempts` integer DEFAULT 0 NOT NULL,
	`locked_at` integer,
	`sign_in_count` integer DEFAULT 0 NOT NULL,
	`current_sign_in_at` integer,
	`current_sign_in_ip` text,
	`last_sign_in_at` integer,
	`last_sign_in_ip` text,
	`last_activity_on` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username` ON `users` (lower("username"));--> statement-breakpoint
CREATE INDEX `users_created_by_id` ON `users` (`created_by_id`);