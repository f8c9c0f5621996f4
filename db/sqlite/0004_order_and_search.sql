CREATE INDEX `users_shown_name` ON `users` (lower(case "name" when '' then "username" else "name" end));--> statement-breakpoint
CREATE INDEX `users_public_email` ON `users` (lower("public_email")) WHERE public_email <> '';--> statement-breakpoint
CREATE INDEX `users_updated_at` ON `users` (`updated_at`);--> statement-breakpoint
CREATE INDEX `users_state` ON `users` (`state`,`type`);--> statement-breakpoint
CREATE INDEX `users_external` ON `users` (`external`) WHERE external = 1;--> statement-breakpoint
CREATE INDEX `users_admin` ON `users` (`admin`) WHERE admin = 1;--> statement-breakpoint
CREATE INDEX `users_bots` ON `users` (`type`) WHERE type <> 'human';--> statement-breakpoint
CREATE INDEX `users_two_factor` ON `users` (`otp_enabled_at`) WHERE otp_enabled_at is not null;