ALTER TABLE `courses` ADD `lesson_count` int unsigned DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `courses` ADD `lesson_seconds` int unsigned DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE `courses` SET
  `lesson_count` = (SELECT count(*) FROM `chapters` WHERE `chapters`.`course_id` = `courses`.`id` AND `chapters`.`is_published`),
  `lesson_seconds` = (SELECT coalesce(sum(`mux_data`.`duration_seconds`), 0) FROM `mux_data` JOIN `chapters` ON `chapters`.`id` = `mux_data`.`chapter_id` WHERE `chapters`.`course_id` = `courses`.`id` AND `chapters`.`is_published`);
