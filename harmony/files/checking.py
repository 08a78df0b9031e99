"""Whether a file may be kept: its size, its name, and whether it is what its name says, of the few kinds that we take.

    check(file)    "png"; raises Refused, with a sentence for whoever sent it

Nothing is unpacked to disk and no picture is decoded: the rules of its kind are held against its bytes.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.audit.transitions import Refused

from . import office, pdfs, pictures, texts
from .names import kind_named

LABELS = {
    "pdf": "PDF",
    "txt": gettext_lazy("Plain text"),
    "png": gettext_lazy("PNG picture"),
    "jpeg": gettext_lazy("JPEG picture"),
    "docx": "Word",
    "xlsx": "Excel",
}
CHECKS = {
    "pdf": pdfs.check,
    "txt": texts.check,
    "png": pictures.check_png,
    "jpeg": pictures.check_jpeg,
    "docx": office.check_docx,
    "xlsx": office.check_xlsx,
}


def check(file):
    """`file`: as harmony/files/taking.py gives it."""
    if file.too_big:
        raise Refused(too_big())
    if not file.size:
        raise Refused(_("This file is empty. Choose another."))
    kind = kind_named(file.name)
    CHECKS[kind](file.file, file.size)
    return kind


def too_big():
    most = settings.LARGEST_FILE // 1_000_000
    return _("This file is too big. We take files of up to %(most)d MB. Send a part of it.") % {"most": most}
