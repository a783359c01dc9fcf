"""Registers that users bring: official files as local indexes, and what these tell of things."""
