CREATE TABLE `social_accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`url` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `social_accounts_url` ON `social_accounts` (`user_id`,`url`);--> statement-breakpoint
CREATE TABLE `ssh_signing_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`title` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint_sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ssh_signing_keys_fingerprint_sha256` ON `ssh_signing_keys` (`fingerprint_sha256`);--> statement-breakpoint
CREATE INDEX `ssh_signing_keys_user_id` ON `ssh_signing_keys` (`user_id`);--> statement-breakpoint
ALTER TABLE `gpg_keys` ADD `name` text;--> statement-breakpoint
ALTER TABLE `user_statuses` ADD `created_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `user_statuses` ADD `updated_at` integer DEFAULT 0 NOT NULL;