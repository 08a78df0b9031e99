"""What the pages about pictures ask: permission, and the register of use."""
