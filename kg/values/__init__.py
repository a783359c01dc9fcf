"""Sums, shares, counts and dates: read from words, then given to the facts that they are of."""
