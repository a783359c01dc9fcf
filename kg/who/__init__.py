"""Who is who: decisions, sure rules, suggestions, and the clusters that they make of things."""
