"""How pages are made: the form renderer, components, error pages, what every page needs to know."""
