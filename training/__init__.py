"""Training: everybody is prepared for what they do here, and it can be shown who was not, on which day (S23, S27)."""
