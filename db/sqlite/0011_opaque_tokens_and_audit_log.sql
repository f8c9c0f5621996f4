DROP INDEX `emails_user_id`;--> statement-breakpoint
DROP INDEX `emails_email`;--> statement-breakpoint
CREATE UNIQUE INDEX `emails_user_email` ON `emails` (`user_id`,lower("email"));--> statement-breakpoint
CREATE INDEX `emails_address` ON `emails` (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX `emails_email` ON `emails` (lower("email")) WHERE confirmed_at is not null or is_primary = 1;--> statement-breakpoint
DROP INDEX `tokens_jti`;--> statement-breakpoint
ALTER TABLE `tokens` ADD `token_hash` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `token_last_eight` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `family_id` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_token_hash` ON `tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `tokens_family_id` ON `tokens` (`family_id`) WHERE family_id is not null;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `actor_username` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `on_behalf_of_id` integer;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `on_behalf_of_username` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `username` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `target_type` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `target_id` integer;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `target_name` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `via` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `ip_address` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `token_id` integer;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `request_id` text;--> statement-breakpoint
CREATE INDEX `audit_events_created_at` ON `audit_events` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_events_user_id` ON `audit_events` (`user_id`) WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX `audit_events_actor_id` ON `audit_events` (`actor_id`) WHERE actor_id is not null;--> statement-breakpoint
-- Links that open accounts are kept no longer than it takes to hand them over.
UPDATE `audit_events` SET `details` = json_remove(`details`, '$.link') WHERE `details` LIKE '%"link"%';