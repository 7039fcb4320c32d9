CREATE TABLE `breakers` (
	`lane` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`failures` int unsigned NOT NULL,
	`rests` int unsigned NOT NULL,
	`failing_since` datetime(3) NOT NULL,
	`rests_until` datetime(3),
	`last_error` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	`changed_at` datetime(3) NOT NULL,
	CONSTRAINT `breakers_lane` PRIMARY KEY(`lane`)
);
--> statement-breakpoint
ALTER TABLE `jobs` ADD `lane` varchar(16) character set ascii collate ascii_bin DEFAULT 'house' NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `priority` int unsigned DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `due_at` datetime(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `failed_at` datetime(3);--> statement-breakpoint
ALTER TABLE `jobs` ADD `dead_at` datetime(3);--> statement-breakpoint
ALTER TABLE `users` ADD `email_refused_at` datetime(3);--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`lane`,`dead_at`,`priority`,`run_at`);--> statement-breakpoint
CREATE INDEX `jobs_dead` ON `jobs` (`dead_at`,`due_at`);--> statement-breakpoint
DROP INDEX `jobs_run` ON `jobs`;--> statement-breakpoint
UPDATE `jobs` SET
  `lane` = CASE
    WHEN `kind` = 'mail-password-reset' THEN 'codes'
    WHEN `kind` IN ('mail-verify-address', 'mail-password-changed', 'mail-google-linked') THEN 'accounts'
    WHEN `kind` LIKE 'mail-%' THEN 'mail'
    WHEN `kind` IN ('check-order', 'send-refund', 'check-open-orders', 'reconcile-payments') THEN 'payments'
    WHEN `kind` IN ('check-upload', 'cancel-upload', 'delete-asset') THEN 'video'
    WHEN `kind` = 'delete-file' THEN 'files'
    ELSE 'house'
  END,
  `priority` = `kind` NOT IN ('mail-password-reset', 'mail-verify-address', 'mail-receipt', 'mail-held-payment', 'mail-dispute', 'check-order', 'send-refund', 'check-upload'),
  `due_at` = `run_at`;
