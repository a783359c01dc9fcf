"""Ready questions on pages that need no script: a form, and its answer as a table."""
