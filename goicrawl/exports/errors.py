"""What can go wrong with an export, in one line for the person at the keyboard."""

from __future__ import annotations


class ExportError(ValueError):
    """Something that was asked for is not known, or a file cannot be written."""
