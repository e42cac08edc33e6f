"""Last time's answers beside this time's questions."""
