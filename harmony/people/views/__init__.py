"""Pages about people: one subject a file."""
