"""The first reader: rules and words of a language, on a parsed text."""
