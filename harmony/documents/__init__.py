"""A template turned into a sealed, accessible PDF, in the background."""
