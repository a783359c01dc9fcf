"""What qualifies facts: shares, sums, dates and their owners."""
