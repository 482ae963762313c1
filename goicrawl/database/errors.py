"""What can go wrong with the database, in one line for the person at the keyboard."""

from __future__ import annotations


class DatabaseError(RuntimeError):
    """The database cannot be reached, started or used; the message is one clear line."""


class StoreError(ValueError):
    """Something handed to the store breaks its contract; nothing of its batch was stored."""
