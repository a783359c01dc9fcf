"""The forms that texts come in, one module each."""
