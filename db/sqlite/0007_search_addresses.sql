-- Kept by hand, as 0003. Only which addresses may have three letters is looked up here, and each is
-- then held against the text; so the index has neither places nor lengths, and is a third of the size.

CREATE VIRTUAL TABLE `emails_search` USING fts5(`email`, content = 'emails', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0);
--> statement-breakpoint
CREATE TRIGGER `emails_search_inserted` AFTER INSERT ON `emails` BEGIN
	INSERT INTO `emails_search` (`rowid`, `email`) VALUES (new.`id`, new.`email`);
END;
--> statement-breakpoint
CREATE TRIGGER `emails_search_deleted` AFTER DELETE ON `emails` BEGIN
	INSERT INTO `emails_search` (`emails_search`, `rowid`, `email`) VALUES ('delete', old.`id`, old.`email`);
END;
--> statement-breakpoint
CREATE TRIGGER `emails_search_updated` AFTER UPDATE OF `email` ON `emails` BEGIN
	INSERT INTO `emails_search` (`emails_search`, `rowid`, `email`) VALUES ('delete', old.`id`, old.`email`);
	INSERT INTO `emails_search` (`rowid`, `email`) VALUES (new.`id`, new.`email`);
END;
--> statement-breakpoint
INSERT INTO `emails_search` (`emails_search`) VALUES ('rebuild');
