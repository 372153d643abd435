"""考核: rounds, who scores in them, the scores, and what they come to."""
