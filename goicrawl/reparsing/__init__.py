"""The archive read again by a better parser: no network, and only changed results are written."""
