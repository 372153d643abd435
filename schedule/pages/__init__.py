"""What the pages show, made of values and rows; no requests, nothing is written."""
