"""Regions with the years they existed, portals, report columns and issuing bodies."""
