CREATE TABLE `known_devices` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`token_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`device` varchar(255) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`known_since` datetime(3) NOT NULL,
	`last_used_at` datetime(3) NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`revoked_at` datetime(3),
	CONSTRAINT `known_devices_id` PRIMARY KEY(`id`),
	CONSTRAINT `known_devices_user_token` UNIQUE(`user_id`,`token_hash`)
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `known_device_id` char(36) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `known_devices` ADD CONSTRAINT `known_devices_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `known_devices_expires` ON `known_devices` (`expires_at`);