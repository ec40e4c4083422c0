"""A session with a group: everybody writes on their own phone, and the room sees totals only."""
