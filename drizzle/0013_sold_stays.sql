CREATE TABLE `attachment_fetches` (
	`user_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`attachment_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`count` int unsigned NOT NULL DEFAULT 1,
	`last_at` datetime(3) NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `attachment_fetches_user_attachment` PRIMARY KEY(`user_id`,`attachment_id`)
);
--> statement-breakpoint
ALTER TABLE `attachments` ADD `withdrawn_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `orders` ADD `shown_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `payments` ADD `held_for` varchar(16) character set ascii collate ascii_bin;
--> statement-breakpoint
UPDATE `payments` SET `held_for` = if(`held_reason` = 'Its amount is not the order’s, and Razorpay is being asked about it.', 'verdict', 'decision') WHERE `held_reason` IS NOT NULL AND `held_for` IS NULL;
--> statement-breakpoint
ALTER TABLE `invoices` ADD CONSTRAINT `invoices_refund_kind` UNIQUE(`refund_id`,`kind`);
--> statement-breakpoint
ALTER TABLE `invoices` DROP INDEX `invoices_refund`;
--> statement-breakpoint
ALTER TABLE `attachment_fetches` ADD CONSTRAINT `attachment_fetches_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `attachment_fetches` ADD CONSTRAINT `attachment_fetches_attachment_id_attachments_id_fk` FOREIGN KEY (`attachment_id`) REFERENCES `attachments`(`id`) ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX `attachment_fetches_attachment` ON `attachment_fetches` (`attachment_id`);
--> statement-breakpoint
ALTER TABLE `invoices` DROP CONSTRAINT `invoices_kind`, ADD CONSTRAINT `invoices_kind` CHECK (`invoices`.`kind` in ('receipt', 'invoice', 'credit-note', 'debit-note'));
--> statement-breakpoint
ALTER TABLE `payments` ADD CONSTRAINT `payments_held_for` CHECK (`payments`.`held_for` in ('verdict', 'decision'));
--> statement-breakpoint
ALTER TABLE `refund_requests` DROP CONSTRAINT `refund_requests_state_known`, ADD CONSTRAINT `refund_requests_state_known` CHECK (`refund_requests`.`state` in ('asked', 'declined', 'approved', 'sent', 'refused', 'closed'));
