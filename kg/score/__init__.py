"""What was found against what is right."""
