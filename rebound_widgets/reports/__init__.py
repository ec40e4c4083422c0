"""Something to take along: the history as one document."""
