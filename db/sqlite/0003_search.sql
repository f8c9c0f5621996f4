-- Kept by hand: drizzle-kit knows no virtual tables. Three letters at a time, so that a search for
-- any part of a name reads an index; the text itself stays in `users`.

CREATE VIRTUAL TABLE `users_search` USING fts5(`username`, `name`, content = 'users', content_rowid = 'id', tokenize = 'trigram');
--> statement-breakpoint
CREATE TRIGGER `users_search_inserted` AFTER INSERT ON `users` BEGIN
	INSERT INTO `users_search` (`rowid`, `username`, `name`) VALUES (new.`id`, new.`username`, new.`name`);
END;
--> statement-breakpoint
CREATE TRIGGER `users_search_deleted` AFTER DELETE ON `users` BEGIN
	INSERT INTO `users_search` (`users_search`, `rowid`, `username`, `name`) VALUES ('delete', old.`id`, old.`username`, old.`name`);
END;
--> statement-breakpoint
CREATE TRIGGER `users_search_updated` AFTER UPDATE OF `username`, `name` ON `users` BEGIN
	INSERT INTO `users_search` (`users_search`, `rowid`, `username`, `name`) VALUES ('delete', old.`id`, old.`username`, old.`name`);
	INSERT INTO `users_search` (`rowid`, `username`, `name`) VALUES (new.`id`, new.`username`, new.`name`);
END;
--> statement-breakpoint
INSERT INTO `users_search` (`users_search`) VALUES ('rebuild');
