"""Files for people: CSV."""
