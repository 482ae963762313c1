"""Replica portals as the tests use them: the demonstration's, and those that only tests need."""
