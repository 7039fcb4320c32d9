CREATE TABLE `audit_events` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`actor_id` char(36) character set ascii collate ascii_bin,
	`action` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`subject_type` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`subject_id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`reason` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`details` json,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `audit_events_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `disputes` (
	`id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`payment_id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`amount_paise` bigint unsigned NOT NULL,
	`deducted_paise` bigint unsigned NOT NULL DEFAULT 0,
	`currency` varchar(8) character set ascii collate ascii_bin NOT NULL,
	`reason_code` varchar(100) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`phase` varchar(32) character set ascii collate ascii_bin,
	`status` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`respond_by` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `disputes_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `invoice_series` (
	`series` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`last_number` int unsigned NOT NULL,
	CONSTRAINT `invoice_series_series` PRIMARY KEY(`series`)
);
--> statement-breakpoint
CREATE TABLE `invoices` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`kind` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`number` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`order_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`payment_id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`refund_id` varchar(64) character set ascii collate ascii_bin,
	`total_paise` int unsigned NOT NULL,
	`taxable_paise` int unsigned NOT NULL,
	`cgst_paise` int unsigned NOT NULL DEFAULT 0,
	`sgst_paise` int unsigned NOT NULL DEFAULT 0,
	`igst_paise` int unsigned NOT NULL DEFAULT 0,
	`details` json NOT NULL,
	`issued_at` datetime(3) NOT NULL,
	CONSTRAINT `invoices_id` PRIMARY KEY(`id`),
	CONSTRAINT `invoices_number` UNIQUE(`number`),
	CONSTRAINT `invoices_refund` UNIQUE(`refund_id`),
	CONSTRAINT `invoices_kind` CHECK(`invoices`.`kind` in ('receipt', 'invoice', 'credit-note'))
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`order_id` char(36) character set ascii collate ascii_bin,
	`razorpay_order_id` varchar(64) character set ascii collate ascii_bin,
	`amount_paise` bigint unsigned NOT NULL,
	`fee_paise` int unsigned,
	`tax_paise` int unsigned,
	`currency` varchar(8) character set ascii collate ascii_bin NOT NULL,
	`method` varchar(32) character set ascii collate ascii_bin,
	`vendor_status` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`outcome` varchar(16) character set ascii collate ascii_bin,
	`held_reason` varchar(255) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`error` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`paid_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `payments_id` PRIMARY KEY(`id`),
	CONSTRAINT `payments_outcome_known` CHECK(`payments`.`outcome` in ('granted', 'returning', 'returned', 'held', 'lost')),
	CONSTRAINT `payments_captured_has_outcome` CHECK(`payments`.`vendor_status` not in ('captured', 'refunded') or `payments`.`outcome` is not null),
	CONSTRAINT `payments_held_reason` CHECK(`payments`.`outcome` <> 'held' or `payments`.`held_reason` is not null)
);
--> statement-breakpoint
CREATE TABLE `refund_requests` (
	`id` char(36) character set ascii collate ascii_bin NOT NULL,
	`payment_id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`amount_paise` bigint unsigned NOT NULL,
	`requested_by` char(36) character set ascii collate ascii_bin,
	`reason` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci NOT NULL,
	`state` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`decided_by` char(36) character set ascii collate ascii_bin,
	`decided_at` datetime(3),
	`answer` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`refund_id` varchar(64) character set ascii collate ascii_bin,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `refund_requests_id` PRIMARY KEY(`id`),
	CONSTRAINT `refund_requests_refund` UNIQUE(`refund_id`),
	CONSTRAINT `refund_requests_state_known` CHECK(`refund_requests`.`state` in ('asked', 'declined', 'approved', 'sent', 'refused'))
);
--> statement-breakpoint
ALTER TABLE `refunds` MODIFY COLUMN `order_id` char(36) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `chapters` ADD `withdrawn_at` datetime(3);--> statement-breakpoint
ALTER TABLE `courses` ADD `suspended_at` datetime(3);--> statement-breakpoint
ALTER TABLE `courses` ADD `suspension_reason` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci;--> statement-breakpoint
ALTER TABLE `jobs` ADD `dedupe_key` varchar(100) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `orders` ADD `billing_name` varchar(100) character set utf8mb4 collate utf8mb4_unicode_520_ci;--> statement-breakpoint
ALTER TABLE `orders` ADD `billing_gstin` varchar(15) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `orders` ADD `billing_state` varchar(2) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `purchases` ADD `source` varchar(16) character set ascii collate ascii_bin DEFAULT 'bought' NOT NULL;--> statement-breakpoint
ALTER TABLE `purchases` ADD `taken_back_at` datetime(3);--> statement-breakpoint
ALTER TABLE `jobs` ADD CONSTRAINT `jobs_dedupe` UNIQUE(`dedupe_key`);--> statement-breakpoint
ALTER TABLE `audit_events` ADD CONSTRAINT `audit_events_actor_id_users_id_fk` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `invoices` ADD CONSTRAINT `invoices_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `payments` ADD CONSTRAINT `payments_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refund_requests` ADD CONSTRAINT `refund_requests_payment_id_payments_id_fk` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refund_requests` ADD CONSTRAINT `refund_requests_requested_by_users_id_fk` FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refund_requests` ADD CONSTRAINT `refund_requests_decided_by_users_id_fk` FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `audit_events_subject` ON `audit_events` (`subject_type`,`subject_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `audit_events_actor` ON `audit_events` (`actor_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `audit_events_created` ON `audit_events` (`created_at`);--> statement-breakpoint
CREATE INDEX `disputes_payment` ON `disputes` (`payment_id`);--> statement-breakpoint
CREATE INDEX `disputes_status` ON `disputes` (`status`,`respond_by`);--> statement-breakpoint
CREATE INDEX `invoices_order` ON `invoices` (`order_id`);--> statement-breakpoint
CREATE INDEX `invoices_payment` ON `invoices` (`payment_id`);--> statement-breakpoint
CREATE INDEX `invoices_issued` ON `invoices` (`issued_at`);--> statement-breakpoint
CREATE INDEX `payments_order` ON `payments` (`order_id`);--> statement-breakpoint
CREATE INDEX `payments_paid` ON `payments` (`paid_at`);--> statement-breakpoint
CREATE INDEX `payments_outcome` ON `payments` (`outcome`,`paid_at`);--> statement-breakpoint
CREATE INDEX `refund_requests_payment` ON `refund_requests` (`payment_id`);--> statement-breakpoint
CREATE INDEX `refund_requests_state` ON `refund_requests` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `refund_requests_requested_by` ON `refund_requests` (`requested_by`,`created_at`);--> statement-breakpoint
ALTER TABLE `purchases` ADD CONSTRAINT `purchases_source` CHECK (`purchases`.`source` in ('bought', 'joined', 'granted'));--> statement-breakpoint
CREATE INDEX `refunds_payment` ON `refunds` (`payment_id`);--> statement-breakpoint
UPDATE `purchases` SET `source` = 'joined' WHERE `order_id` IS NULL;--> statement-breakpoint
INSERT IGNORE INTO `payments` (`id`, `order_id`, `razorpay_order_id`, `amount_paise`, `currency`, `vendor_status`, `outcome`, `paid_at`, `created_at`, `updated_at`)
SELECT `o`.`payment_id`, `o`.`id`, `o`.`razorpay_order_id`, `o`.`amount_paise`, 'INR', 'captured',
  CASE
    WHEN (SELECT coalesce(sum(`r`.`amount_paise`), 0) FROM `refunds` `r` WHERE `r`.`payment_id` = `o`.`payment_id` AND `r`.`state` = 'processed') >= `o`.`amount_paise` THEN 'returned'
    WHEN `o`.`state` = 'duplicate' THEN 'returning'
    ELSE 'granted'
  END,
  coalesce(`o`.`paid_at`, `o`.`created_at`), `o`.`created_at`, `o`.`updated_at`
FROM `orders` `o` WHERE `o`.`payment_id` IS NOT NULL;
