"""What one has in hand in a notebook: readings, a graph that is open, answers as tables."""
