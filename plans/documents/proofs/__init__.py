"""What a reviewer would send back, found in a Document before anyone sends it up."""
