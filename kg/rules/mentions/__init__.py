"""Which stretches of a text name something, and of what class it is."""
