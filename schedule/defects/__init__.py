"""查核缺失: what a check found, followed to its end, unit by unit."""
