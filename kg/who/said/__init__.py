"""What claims rest on: who says them, when, how and in which words."""
