"""What stands on printed pages beside a text, and is none of it."""
