"""考核: how scores become results, grades and ranks.  Exact, and without Django."""
