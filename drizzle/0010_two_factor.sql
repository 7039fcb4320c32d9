CREATE TABLE `recovery_codes` (
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`code_hmac` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `recovery_codes_user_code` PRIMARY KEY(`user_id`,`code_hmac`)
);
--> statement-breakpoint
CREATE TABLE `two_factors` (
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`secret` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`last_step` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `two_factors_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
ALTER TABLE `users` ADD `admin_since` datetime(3);--> statement-breakpoint
ALTER TABLE `recovery_codes` ADD CONSTRAINT `recovery_codes_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `two_factors` ADD CONSTRAINT `two_factors_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
UPDATE `users` SET `admin_since` = utc_timestamp(3) WHERE `role` = 'admin' AND `admin_since` IS NULL;
