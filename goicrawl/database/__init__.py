"""Models, the embedded server and storing."""
