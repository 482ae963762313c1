"""From blocks to a report: metadata, sections and the cells of its tables."""
