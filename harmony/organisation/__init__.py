"""The organisation itself: its name and hours, whom to ring, what guidance it follows, which channels it approved."""
