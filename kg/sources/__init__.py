"""Where texts come from: every form that a person has them in, made into articles."""
