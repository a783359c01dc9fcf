"""The network: its encoder, its heads, what it is asked and how wrong its answers are."""
