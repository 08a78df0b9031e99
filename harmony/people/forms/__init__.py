"""What the pages about people ask: one subject a file. A form only parses and phrases."""
