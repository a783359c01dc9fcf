"""The page that shows a graph."""
