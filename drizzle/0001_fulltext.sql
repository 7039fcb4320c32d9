-- One FULLTEXT index over all that is searched, with the plain parser: it is right for Hindi and accents on both servers.
CREATE FULLTEXT INDEX `courses_fulltext` ON `courses` (`title`, `description`, `search_words`);
