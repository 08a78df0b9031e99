"""Pages: may I use it; what could go wrong with it; who decides; and what is to be put in place."""
