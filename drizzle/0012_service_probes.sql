CREATE TABLE `service_probes` (
	`service` varchar(16) character set ascii collate ascii_bin NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`answered_at` datetime(3),
	`latency_ms` int unsigned,
	`failed_at` datetime(3),
	`error` varchar(500) character set utf8mb4 collate utf8mb4_unicode_520_ci,
	CONSTRAINT `service_probes_service` PRIMARY KEY(`service`)
);
--> statement-breakpoint
CREATE INDEX `webhook_events_source` ON `webhook_events` (`source`);