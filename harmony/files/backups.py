"""Which files no new backup holds: those that may be indecent images. Each copy of one would be a crime of its own (R24)."""

from .sweeping import lying, models_of_files


def left_out():
    """Their paths in the storage."""
    return sorted(file.path for file in _locked_away())


def not_restored(at):
    """After a restore: those whose bytes are not here, as no backup holds them. Each says so from now on. Inside an event."""
    there = lying()
    wanted = (file for file in _locked_away() if file.not_restored_at is None)
    missing = [file for file in wanted if file.path.rpartition("/")[2] not in there]
    for file in missing:
        file.not_restored_at = at
        file.save(update_fields=["not_restored_at"])
    return missing


def _locked_away():
    for model in models_of_files():
        yield from model.objects.locked_away().only("pk", "root", "not_restored_at")
