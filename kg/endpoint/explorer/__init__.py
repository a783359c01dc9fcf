"""The explorer: pages of a graph of any size, each of which asks for no more than it shows."""
