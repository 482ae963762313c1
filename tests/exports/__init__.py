"""Tests of the exported files, on a real database."""
