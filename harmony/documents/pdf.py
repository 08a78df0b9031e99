"""HTML to an accessible PDF (PDF/UA-1): tagged, with its language, headings and table scopes, fonts inside.

The same HTML and identifier give the same bytes. Nothing is fetched but our own static files.
"""

import io
import logging
import mimetypes
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

HERE = "http://static.invalid/"  # what relative addresses in a template are relative to


def write(html, *, identifier, progress=lambda page: None):
    """(the file, how many pages). WeasyPrint is loaded here: the website never needs it."""
    from weasyprint import HTML

    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identifier}
    with _listening(progress):
        document = HTML(string=html, base_url=HERE, url_fetcher=_only_static()).render(**options)
        return finish(document.write_pdf(**options)), len(document.pages)


def finish(content):
    """What WeasyPrint leaves out: which cells a heading cell is the heading of."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as file:
        for element in file.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.TH:
                scope = pikepdf.Name.Row if _stands_beside_cells(element) else pikepdf.Name.Column
                element.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
        finished = io.BytesIO()
        file.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def _stands_beside_cells(heading):
    """The heading of a row has plain cells beside it; the headings of columns stand among their like."""
    return any(cell.get("/S") == "/TD" for cell in heading.P.K)


def _only_static():
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OnlyStatic(URLFetcher):
        """A record may quote an address; the server must never visit it."""

        def fetch(self, url, headers=None):
            name = unquote(urlsplit(url).path).lstrip("/")
            found = url.startswith(HERE) and ".." not in name and finders.find(name)
            if not found:
                raise FatalURLFetchingError("A document may only use our own static files")
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})

    return OnlyStatic()


class _listening(logging.Handler):
    """WeasyPrint tells its progress to a log: heard here, for this thread's document alone."""

    def __init__(self, progress):
        super().__init__(logging.INFO)
        self.progress, self.thread = progress, threading.get_ident()
        self.log = logging.getLogger("weasyprint.progress")

    def __enter__(self):
        self.log.addHandler(self)
        self.log.setLevel(logging.INFO)
        self.log.propagate = False

    def __exit__(self, *error):
        self.log.removeHandler(self)

    def emit(self, record):
        if record.thread == self.thread and "Page %d" in record.msg:
            self.progress(record.args[0])
