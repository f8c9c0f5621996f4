CREATE TABLE `scim_identities` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`extern_uid` text NOT NULL,
	`group_id` integer,
	`active` integer DEFAULT true NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `scim_identities_user_id` ON `scim_identities` (`user_id`);--> statement-breakpoint
CREATE INDEX `scim_identities_extern_uid` ON `scim_identities` (`extern_uid`);--> statement-breakpoint
CREATE TABLE `support_pins` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`pin` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
DROP INDEX `identities_extern_uid`;--> statement-breakpoint
ALTER TABLE `identities` ADD `extern_uid_key` text;--> statement-breakpoint
ALTER TABLE `identities` ADD `saml_provider_id` integer;--> statement-breakpoint
-- Of two that differ in case alone the older user's keeps its key; the other stays, but is not found.
UPDATE `identities` SET `extern_uid_key` = lower(`extern_uid`) WHERE NOT EXISTS (
	SELECT 1 FROM `identities` `other`
	WHERE `other`.`provider` = `identities`.`provider`
		AND lower(`other`.`extern_uid`) = lower(`identities`.`extern_uid`)
		AND `other`.`user_id` < `identities`.`user_id`
);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_extern_uid_key` ON `identities` (`provider`,`extern_uid_key`);--> statement-breakpoint
CREATE INDEX `identities_saml_provider_id` ON `identities` (`saml_provider_id`) WHERE saml_provider_id is not null;--> statement-breakpoint
ALTER TABLE `ssh_keys` ADD `comment` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `emptied_texts` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `github` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `preferred_language` text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `auditor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `shared_runners_minutes_limit` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `extra_shared_runners_minutes_limit` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `provisioned_by_group_id` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `enterprise_group_id` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `enterprise_group_associated_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `plan` text;--> statement-breakpoint
ALTER TABLE `users` ADD `trial` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- New accounts and keys make no event at GitLab; older versions of followd noted them.
DELETE FROM `events` WHERE `project_id` IS NULL AND `data` IS NULL AND (
	(`action_name` = 'joined' AND `target_type` IS NULL)
	OR (`action_name` = 'created' AND `target_type` IN ('Key', 'GpgKey'))
);