"""The Reconciliation API 0.2: names of a table matched with the things of a graph."""
