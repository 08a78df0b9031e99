"""Pages: the question that everybody may ask, what was said about each young person, and what pictures are wanted for."""
