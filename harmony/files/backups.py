"""Which files no new backup holds: those that may be indecent images. Each copy of one would be a crime of its own (R24)."""

from .sweeping import models_of_files


def left_out():
    """Their paths in the storage."""
    return sorted(file.path for model in models_of_files() for file in model.objects.locked_away().only("pk"))
