"""Policies: every version in words that stay as they were approved, read by those it is for, and reviewed every year."""
