"""Letters: facts in, text out."""
