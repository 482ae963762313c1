"""Replica portals on loopback, with real figures."""
