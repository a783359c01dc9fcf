"""What was decided in a store, and what someone may decide next."""
