CREATE TABLE `sources` (
	`type` text NOT NULL,
	`id` integer NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`type`, `id`)
) STRICT, WITHOUT ROWID;
