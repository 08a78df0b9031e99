"""A file that somebody sends to be checked is hashed as it comes in, and is never kept: not on disk, not in memory."""

from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST = 50_000_000  # bytes: no document of ours comes near


class Hashed(UploadedFile):
    """What is left of it: its size and its hash."""

    def __init__(self, name, size, file_hash, **about):
        super().__init__(None, name, size=size, **about)
        self.file_hash = file_hash


class Hashing(FileUploadHandler):
    """The only way in which this website takes a file (settings.FILE_UPLOAD_HANDLERS)."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.hash, self.taken = sha256(), 0

    def receive_data_chunk(self, raw_data, start):
        self.taken += len(raw_data)
        if self.taken > MOST:
            raise StopUpload(connection_reset=False)
        self.hash.update(raw_data)

    def file_complete(self, file_size):
        about = {"content_type": self.content_type, "charset": self.charset}
        return Hashed(self.file_name, file_size, self.hash.hexdigest(), **about)
