"""What `kg doctor` looks at."""
