"""Speak: whoever has no account tells us something, and is answered, without saying who they are."""
