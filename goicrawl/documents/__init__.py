"""Bytes to blocks: every reader gives the same model, so that extraction knows no formats."""
