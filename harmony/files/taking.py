"""How a file comes in: each chunk is sealed with a key that only this request has, hashed, and put aside.

Nothing readable is ever on disk, and what is put aside is gone with the request. Only the pages marked `@takes_files`
take a file at all; on every other one it is hashed and dropped (harmony/documents/uploads.py).
"""

import os
import tempfile
import weakref
from hashlib import sha256

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve

from .checking import check
from .scanning import scan
from .streams import CHUNK, Cipher, opened


def takes_files(view):
    """Mark a page that takes a file. Other decorators copy the mark."""
    view.takes_files = True
    return view


class Aside:
    """A file that is put aside, chunk by chunk. Past the most that is taken, nothing more of it is kept."""

    def __init__(self):
        self._sealed, self._cipher = tempfile.TemporaryFile(), Cipher(os.urandom(32), b"aside", b"-" * 16)  # noqa: SIM115 (Taken closes it)
        self._rest, self._number, self._hash, self.size = b"", 0, sha256(), 0

    @property
    def too_big(self):
        return self.size > settings.LARGEST_FILE

    def write(self, content):
        self.size += len(content)
        if self.too_big:
            return
        self._hash.update(content)
        self._rest += content
        while len(self._rest) > CHUNK:  # the last chunk is never empty
            self._put(self._rest[:CHUNK], last=False)
            self._rest = self._rest[CHUNK:]

    def done(self):
        """(what was put aside, to be read; its hash)"""
        if not self.too_big:
            self._put(self._rest, last=True)
        return opened(self._sealed, self._cipher, before=0), self._hash.hexdigest()

    def close(self):
        self._sealed.close()

    def _put(self, chunk, last):
        self._sealed.write(self._cipher.seal(chunk, self._number, last))
        self._number += 1


class Taken(UploadedFile):
    """What a form finds: it reads as what was sent, and knows its hash (SHA-256) and whether it was too big."""

    def __init__(self, name, aside, content_type=""):
        content, self.digest = aside.done()
        weakref.finalize(content, aside.close)  # where nobody closes it
        self.too_big, self.kind, self.scanned = aside.too_big, "", False
        super().__init__(content, name, content_type, aside.size)

    def examine(self):
        """Check and scan it, once. Raises Refused, with a sentence for whoever sent it."""
        if not self.kind:
            kind = check(self)
            self.scanned = scan(self.file)
            self.kind = kind

    @classmethod
    def of(cls, name, content):
        """From bytes: for whoever has no request."""
        aside = Aside()
        aside.write(content)
        return cls(name, aside)


class Taking(FileUploadHandler):
    """First of settings.FILE_UPLOAD_HANDLERS: on a page that takes no file it lets everything through to the next."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        try:
            view = resolve(self.request.path_info).func
        except Resolver404:
            view = None
        self.takes = getattr(view, "takes_files", False)

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.takes:
            self.file = Aside()  # by this name Django closes it, where the rest never came

    def receive_data_chunk(self, raw_data, start):
        if not self.takes:
            return raw_data
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size):
        return Taken(self.file_name, self.file, self.content_type) if self.takes else None
