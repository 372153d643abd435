"""What the pages of reporting show, made of rows."""
