"""Telling people what needs them: an inbox, e-mail, a phone where there is one, and ladders for what nobody answers."""
