"""Articles on pages: what came since, and what one of them claims."""
