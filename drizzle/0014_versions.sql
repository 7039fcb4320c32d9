CREATE TABLE `versions` (
	`name` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`shard` int unsigned NOT NULL,
	`version` bigint unsigned NOT NULL,
	CONSTRAINT `versions_name_shard` PRIMARY KEY(`name`,`shard`)
);
