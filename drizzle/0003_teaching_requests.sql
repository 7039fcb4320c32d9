ALTER TABLE `users` ADD `teaching_requested_at` datetime(3);--> statement-breakpoint
CREATE INDEX `users_name` ON `users` (`name`);--> statement-breakpoint
CREATE INDEX `users_role` ON `users` (`role`);--> statement-breakpoint
CREATE INDEX `users_teaching_requested` ON `users` (`teaching_requested_at`);