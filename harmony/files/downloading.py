"""A file as it leaves us: to be saved, never shown in the browser, and never kept on the way (practice.md 1.4)."""

from contextlib import ExitStack

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

CHUNK = 64 * 1024


def download(kept):
    """Opened before anything is sent: raises Gone where there is nothing to send."""
    with ExitStack() as stack:
        content = stack.enter_context(kept.opened())
        content.read(1)  # what is broken is known before the first byte goes out
        content.seek(0)
        response = Streamed(iter(lambda: content.read(CHUNK), b""), content_type="application/octet-stream")
        response.file = stack.pop_all()
    response["Content-Length"] = kept.size
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


class Streamed(StreamingHttpResponse):
    def close(self):
        self.file.close()
        super().close()
