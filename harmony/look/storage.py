"""How static files are kept: each under a name with its fingerprint and compressed once, when they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):
    """Names carry fingerprints as soon as `collectstatic` has run; until then files are served as they lie in the tree.

    Which of the two is read from the list that collecting writes. So the storage is always this one: one that is
    chosen by that list would never write it.
    """

    def stored_name(self, name):
        return super().stored_name(name) if self.hashed_files else name
