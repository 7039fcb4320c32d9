CREATE TABLE `course_slugs` (
	`slug` varchar(140) character set ascii collate ascii_bin NOT NULL,
	`course_id` char(36) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `course_slugs_slug` PRIMARY KEY(`slug`)
);
--> statement-breakpoint
ALTER TABLE `course_slugs` ADD CONSTRAINT `course_slugs_course_id_courses_id_fk` FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `course_slugs_course` ON `course_slugs` (`course_id`);