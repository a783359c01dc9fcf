"""The graph drawn, as a whole or around a name: pages, and who waits for them."""
