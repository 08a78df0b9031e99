"""Pages: writing a report, one's own reports, the list of cases, a case, and work on it."""
