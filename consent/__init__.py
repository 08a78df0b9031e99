"""Consent: pictures of young people are used only with written permission, and only for the purpose it was given for."""
