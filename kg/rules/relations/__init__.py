"""Who does what to whom: the facts that verbs, nouns, lists and names say."""
