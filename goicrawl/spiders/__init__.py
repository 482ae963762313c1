"""The spider that goes from a portal to its annual reports."""
