CREATE TABLE `settings` (
	`name` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`value` text character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`changed_at` datetime(3) NOT NULL,
	CONSTRAINT `settings_name` PRIMARY KEY(`name`)
);
