"""What surrounds the news and is none, kind by kind."""
