"""From a report's cells to findings, by the identities in forms/."""
