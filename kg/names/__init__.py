"""Names: what is on record of them, and the areas of cooperation."""
