"""The archive: every page as it was served, as WARC, before anything reads it."""
