"""What the verbs that take a graph share: how it is read, and what is said of nothing."""
