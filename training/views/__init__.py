"""Pages: one's own training, everybody's, by topic, and what there is to learn."""
