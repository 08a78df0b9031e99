"""The front page of each role, the first steps, the demo: the only place that sees every room."""
