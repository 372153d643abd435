"""What the pages of review show: made of submissions, their steps and comparisons."""
