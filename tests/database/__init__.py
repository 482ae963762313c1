"""Tests on a real PostgreSQL: `fixtures` starts one for each test process."""
