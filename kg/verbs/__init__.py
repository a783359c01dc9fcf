"""The verbs of the command `kg`: each calls what the package offers and prints the answer."""
