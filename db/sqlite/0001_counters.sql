-- Kept by hand: triggers hold what no caller may forget. They are one for each fact:
-- the counters of users equal the edges in sight, an edge is in sight while both ends are listed,
-- and follow_sequence is the highest seq ever given out.

INSERT INTO `follow_sequence` (`id`, `value`) VALUES (1, 0);
--> statement-breakpoint
CREATE TRIGGER `follows_inserted` AFTER INSERT ON `follows` BEGIN
	UPDATE `users` SET `followers` = `followers` + (new.`hidden` & 1 = 0), `counted_at` = unixepoch()
		WHERE `id` = new.`followed_id`;
	UPDATE `users` SET `following` = `following` + (new.`hidden` & 2 = 0), `counted_at` = unixepoch()
		WHERE `id` = new.`follower_id`;
	UPDATE `follow_sequence` SET `value` = new.`seq` WHERE `value` < new.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `follows_deleted` AFTER DELETE ON `follows` BEGIN
	UPDATE `users` SET `followers` = `followers` - (old.`hidden` & 1 = 0), `counted_at` = unixepoch()
		WHERE `id` = old.`followed_id`;
	UPDATE `users` SET `following` = `following` - (old.`hidden` & 2 = 0), `counted_at` = unixepoch()
		WHERE `id` = old.`follower_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `follows_hidden` AFTER UPDATE OF `hidden` ON `follows` WHEN old.`hidden` <> new.`hidden` BEGIN
	UPDATE `users` SET
		`followers` = `followers` + (new.`hidden` & 1 = 0) - (old.`hidden` & 1 = 0), `counted_at` = unixepoch()
		WHERE `id` = new.`followed_id`;
	UPDATE `users` SET
		`following` = `following` + (new.`hidden` & 2 = 0) - (old.`hidden` & 2 = 0), `counted_at` = unixepoch()
		WHERE `id` = new.`follower_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `users_unlisted` AFTER UPDATE OF `state`, `type` ON `users`
WHEN (old.`state` = 'active' AND old.`type` = 'human') AND NOT (new.`state` = 'active' AND new.`type` = 'human') BEGIN
	UPDATE `follows` SET `hidden` = `hidden` | 1 WHERE `follower_id` = new.`id`;
	UPDATE `follows` SET `hidden` = `hidden` | 2 WHERE `followed_id` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `users_listed` AFTER UPDATE OF `state`, `type` ON `users`
WHEN NOT (old.`state` = 'active' AND old.`type` = 'human') AND (new.`state` = 'active' AND new.`type` = 'human') BEGIN
	UPDATE `follows` SET `hidden` = `hidden` & ~1 WHERE `follower_id` = new.`id`;
	UPDATE `follows` SET `hidden` = `hidden` & ~2 WHERE `followed_id` = new.`id`;
END;
