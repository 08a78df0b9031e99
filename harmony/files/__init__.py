"""Files that are kept: checked as they come in, sealed with the key of their record, opened for download alone."""
