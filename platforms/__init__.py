"""Platforms: no app, game, device or system is used for our work before somebody has looked at its risks and another has agreed."""
