"""Writing files whole, locks."""
