CREATE TABLE `accounts` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`provider` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`provider_account_id` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`expires_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `accounts_id` PRIMARY KEY(`id`),
	CONSTRAINT `accounts_provider_account` UNIQUE(`provider`,`provider_account_id`)
);
--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`course_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(255) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`file_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`size_bytes` bigint unsigned NOT NULL,
	`content_type` varchar(127) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `attachments_id` PRIMARY KEY(`id`),
	CONSTRAINT `attachments_file_key` UNIQUE(`file_key`)
);
--> statement-breakpoint
CREATE TABLE `categories` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(60) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`slug` varchar(80) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `categories_id` PRIMARY KEY(`id`),
	CONSTRAINT `categories_name` UNIQUE(`name`),
	CONSTRAINT `categories_slug` UNIQUE(`slug`)
);
--> statement-breakpoint
CREATE TABLE `chapters` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`course_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`title` varchar(120) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`description` text character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`position` int unsigned NOT NULL,
	`is_published` boolean NOT NULL DEFAULT false,
	`is_free` boolean NOT NULL DEFAULT false,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `chapters_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `courses` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`owner_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`category_id` char(36) character set ascii collate ascii_bin,
	`title` varchar(120) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`slug` varchar(140) character set ascii collate ascii_bin NOT NULL,
	`description` text character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`search_words` text character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`outcomes` text character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`image_key` varchar(255) character set ascii collate ascii_bin,
	`price_paise` int unsigned,
	`level` varchar(16) character set ascii collate ascii_bin,
	`is_published` boolean NOT NULL DEFAULT false,
	`published_at` datetime(3),
	`archived_at` datetime(3),
	`student_count` int unsigned NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `courses_id` PRIMARY KEY(`id`),
	CONSTRAINT `courses_slug` UNIQUE(`slug`),
	CONSTRAINT `courses_price_range` CHECK(`courses`.`price_paise` is null or `courses`.`price_paise` = 0 or `courses`.`price_paise` between 100 and 50000000),
	CONSTRAINT `courses_level` CHECK(`courses`.`level` is null or `courses`.`level` in ('beginner', 'intermediate', 'advanced'))
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`payload` json NOT NULL,
	`run_at` datetime(3) NOT NULL,
	`attempts` int unsigned NOT NULL DEFAULT 0,
	`locked_until` datetime(3),
	`last_error` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `jobs_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `limits` (
	`key` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`count` int unsigned NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `limits_key` PRIMARY KEY(`key`)
);
--> statement-breakpoint
CREATE TABLE `mux_data` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`chapter_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`asset_id` varchar(128) character set ascii collate ascii_bin NOT NULL,
	`playback_id` varchar(128) character set ascii collate ascii_bin NOT NULL,
	`duration_seconds` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `mux_data_id` PRIMARY KEY(`id`),
	CONSTRAINT `mux_data_chapter` UNIQUE(`chapter_id`),
	CONSTRAINT `mux_data_asset` UNIQUE(`asset_id`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`course_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`amount_paise` int unsigned NOT NULL,
	`state` varchar(16) character set ascii collate ascii_bin NOT NULL DEFAULT 'open',
	`open_key` varchar(100) character set ascii collate ascii_bin,
	`razorpay_order_id` varchar(64) character set ascii collate ascii_bin,
	`payment_id` varchar(64) character set ascii collate ascii_bin,
	`last_error` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`paid_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `orders_id` PRIMARY KEY(`id`),
	CONSTRAINT `orders_open` UNIQUE(`open_key`),
	CONSTRAINT `orders_razorpay_order` UNIQUE(`razorpay_order_id`),
	CONSTRAINT `orders_payment` UNIQUE(`payment_id`),
	CONSTRAINT `orders_state` CHECK(`orders`.`state` in ('open', 'paid', 'duplicate', 'abandoned')),
	CONSTRAINT `orders_amount` CHECK(`orders`.`amount_paise` >= 100)
);
--> statement-breakpoint
CREATE TABLE `password_reset_requests` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`email` varchar(254) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`count` int unsigned NOT NULL DEFAULT 0,
	`last_reset` bigint unsigned NOT NULL,
	CONSTRAINT `password_reset_requests_id` PRIMARY KEY(`id`),
	CONSTRAINT `password_reset_requests_email` UNIQUE(`email`)
);
--> statement-breakpoint
CREATE TABLE `purchases` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`course_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`order_id` char(36) character set ascii collate ascii_bin,
	`payment_id` varchar(64) character set ascii collate ascii_bin,
	`price_paise` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`revoked_at` datetime(3),
	CONSTRAINT `purchases_id` PRIMARY KEY(`id`),
	CONSTRAINT `purchases_user_course` UNIQUE(`user_id`,`course_id`),
	CONSTRAINT `purchases_order` UNIQUE(`order_id`),
	CONSTRAINT `purchases_payment` UNIQUE(`payment_id`)
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`order_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`payment_id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`amount_paise` int unsigned NOT NULL,
	`state` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `refunds_id` PRIMARY KEY(`id`),
	CONSTRAINT `refunds_state` CHECK(`refunds`.`state` in ('pending', 'processed', 'failed'))
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`token_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`device` varchar(255) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`last_seen_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `sessions_id` PRIMARY KEY(`id`),
	CONSTRAINT `sessions_token_hash` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `user_progress` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`chapter_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`is_completed` boolean NOT NULL DEFAULT false,
	`position_seconds` int unsigned NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `user_progress_id` PRIMARY KEY(`id`),
	CONSTRAINT `user_progress_user_chapter` UNIQUE(`user_id`,`chapter_id`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(100) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`email` varchar(254) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`password_hash` varchar(255) character set ascii collate ascii_bin,
	`phone_number` varchar(16) character set ascii collate ascii_bin,
	`email_verified_at` datetime(3),
	`image_key` varchar(255) character set ascii collate ascii_bin,
	`role` varchar(16) character set ascii collate ascii_bin NOT NULL DEFAULT 'student',
	`suspended_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_email` UNIQUE(`email`),
	CONSTRAINT `users_phone_number` UNIQUE(`phone_number`),
	CONSTRAINT `users_role` CHECK(`users`.`role` in ('student', 'instructor', 'admin'))
);
--> statement-breakpoint
CREATE TABLE `verification_tokens` (
	`identifier` varchar(254) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`token_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`purpose` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `verification_tokens_identifier_token` PRIMARY KEY(`identifier`,`token_hash`),
	CONSTRAINT `verification_tokens_token_hash` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `video_uploads` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`chapter_id` char(36) character set ascii collate ascii_bin,
	`vendor_upload_id` varchar(128) character set ascii collate ascii_bin,
	`asset_id` varchar(128) character set ascii collate ascii_bin,
	`state` varchar(16) character set ascii collate ascii_bin NOT NULL DEFAULT 'waiting',
	`error` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `video_uploads_id` PRIMARY KEY(`id`),
	CONSTRAINT `video_uploads_vendor_upload` UNIQUE(`vendor_upload_id`),
	CONSTRAINT `video_uploads_asset` UNIQUE(`asset_id`),
	CONSTRAINT `video_uploads_state` CHECK(`video_uploads`.`state` in ('waiting', 'preparing', 'ready', 'errored', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`source` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`event_id` varchar(128) character set ascii collate ascii_bin NOT NULL,
	`type` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`payload` json NOT NULL,
	`outcome` varchar(255) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`received_at` datetime(3) NOT NULL,
	CONSTRAINT `webhook_events_id` PRIMARY KEY(`id`),
	CONSTRAINT `webhook_events_source_event` UNIQUE(`source`,`event_id`)
);
--> statement-breakpoint
ALTER TABLE `accounts` ADD CONSTRAINT `accounts_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `attachments` ADD CONSTRAINT `attachments_course_id_courses_id_fk` FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `chapters` ADD CONSTRAINT `chapters_course_id_courses_id_fk` FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `courses` ADD CONSTRAINT `courses_owner_id_users_id_fk` FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `courses` ADD CONSTRAINT `courses_category_id_categories_id_fk` FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `mux_data` ADD CONSTRAINT `mux_data_chapter_id_chapters_id_fk` FOREIGN KEY (`chapter_id`) REFERENCES `chapters`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `orders` ADD CONSTRAINT `orders_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `orders` ADD CONSTRAINT `orders_course_id_courses_id_fk` FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `purchases` ADD CONSTRAINT `purchases_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `purchases` ADD CONSTRAINT `purchases_course_id_courses_id_fk` FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `purchases` ADD CONSTRAINT `purchases_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refunds` ADD CONSTRAINT `refunds_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `user_progress` ADD CONSTRAINT `user_progress_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `user_progress` ADD CONSTRAINT `user_progress_chapter_id_chapters_id_fk` FOREIGN KEY (`chapter_id`) REFERENCES `chapters`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `video_uploads` ADD CONSTRAINT `video_uploads_chapter_id_chapters_id_fk` FOREIGN KEY (`chapter_id`) REFERENCES `chapters`(`id`) ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `attachments_course` ON `attachments` (`course_id`);--> statement-breakpoint
CREATE INDEX `chapters_course_position` ON `chapters` (`course_id`,`position`);--> statement-breakpoint
CREATE INDEX `courses_newest` ON `courses` (`is_published`,`published_at`);--> statement-breakpoint
CREATE INDEX `courses_popular` ON `courses` (`is_published`,`student_count`);--> statement-breakpoint
CREATE INDEX `courses_price` ON `courses` (`is_published`,`price_paise`);--> statement-breakpoint
CREATE INDEX `courses_category` ON `courses` (`category_id`,`is_published`,`published_at`);--> statement-breakpoint
CREATE INDEX `jobs_run` ON `jobs` (`run_at`);--> statement-breakpoint
CREATE INDEX `limits_ends` ON `limits` (`ends_at`);--> statement-breakpoint
CREATE INDEX `orders_user` ON `orders` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `orders_course` ON `orders` (`course_id`,`paid_at`);--> statement-breakpoint
CREATE INDEX `purchases_course` ON `purchases` (`course_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `refunds_order` ON `refunds` (`order_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `video_uploads_chapter` ON `video_uploads` (`chapter_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `webhook_events_received` ON `webhook_events` (`received_at`);