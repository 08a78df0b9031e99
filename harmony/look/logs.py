"""Logs carry ids only: no query strings, no names, no words of a form, and of an error its kind and place.

An allow-list: what is not named here is not written.
"""

import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

request_id = ContextVar("request_id", default="")

# their messages are written, as templates, never with what was filled in
TRUSTED = ("harmony", "incidents", "django", "celery")
# what our own code may add: log.warning("not sent", extra={"ref": notice.pk})
ALLOWED = ("user", "ref", "status", "count", "task", "kind")


class IdsOnly(logging.Formatter):
    def format(self, record):
        parts = [
            datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            record.levelname,
            record.name,
            f"at={record.module}:{record.lineno}",
        ]
        if record.name.split(".")[0] in TRUSTED and isinstance(record.msg, str):
            parts.append(f'"{record.msg.splitlines()[0] if record.msg else ""}"')
        parts += [f"{name}={value}" for name, value in _ids(record).items() if value not in (None, "")]
        if record.exc_info and record.exc_info[0]:
            parts.append(_kind_and_place(*record.exc_info))
        return " ".join(parts)


def _ids(record):
    request = getattr(record, "request", None)
    ids = {"request": getattr(request, "id", "") or request_id.get()}
    ids |= {name: getattr(record, name, None) for name in ALLOWED}
    ids["status"] = getattr(record, "status_code", ids["status"])
    if isinstance(request, HttpRequest):  # the development server calls its socket a request too
        match = getattr(request, "resolver_match", None)
        ids["view"] = match.view_name if match else None
        ids["method"] = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        user = getattr(request, "_cached_user", None)  # never a query, only who is known already
        ids["user"] = user.pk if user is not None else None
    return ids


def _kind_and_place(kind, error, trace):
    """The class of an error and the lines it passed. Never its words: they may quote a row."""
    lines = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in extract_tb(trace)[-8:]]
    return f"error={kind.__module__}.{kind.__qualname__} via {' > '.join(lines)}"


class HideAll(SafeExceptionReporterFilter):
    """Error reports, wherever they would be sent, without settings, variables or anything that was posted."""

    def is_active(self, request):
        return True

    def get_safe_settings(self):
        return {}

    def get_safe_request_meta(self, request):
        return {}

    def get_safe_cookies(self, request):
        return {}

    def get_post_parameters(self, request):
        return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return []
