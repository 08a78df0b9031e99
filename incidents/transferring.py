"""The file in which a case is handed on: the whole case as a PDF, what else is in it by name and hash, and its files, all encrypted.

A PDF, because whoever gets it can open it with what they have, and AES-256 is part of it. What may be an indecent image, or lies
locked away, is never in it.
"""

import io
import secrets

from django.utils.translation import gettext_lazy

from harmony.documents import kinds
from harmony.encryption.fields import load_keys

from . import access, documents
from .models import Transfer


def register():
    kinds.register(
        kinds.Kind(
            code="transfer",
            title=gettext_lazy("A case handed on"),
            label=lambda transfer: transfer.case.reference,
            records=lambda user: Transfer.objects.visible_to(user).select_related("case"),
            may=may_pack,
            gather=gather,
            finish=pack,
            passing=("line", "opened_by", "exports"),
            template="incidents/transfer_pdf.html",
            about=gettext_lazy(
                "The whole case and its files in one encrypted file. It opens with the passphrase on the page of the "
                "transfer. Send the two by different ways."
            ),
            classification=gettext_lazy("Confidential: safeguarding. For the organisation named on the first page"),
        )
    )


def may_pack(user, transfer):
    return transfer.is_open and access.may_export(user, transfer.case)


def gather(transfer, export, at):
    """All of the case, and the manifest: each file with its hash."""
    load_keys([transfer])
    shown = documents.gather(transfer.case, export, at)
    return shown | {"to": transfer.to_whom, "handed_on_because": transfer.why, "informed": transfer.informed}


def pack(transfer, content):
    """The files put into the PDF, and the whole closed with the passphrase. Its owner's password is nobody's."""
    import pikepdf

    kept = list(transfer.case.files.to_take_out().order_by("added_at"))  # as in the manifest
    load_keys([transfer, *kept])
    with pikepdf.open(io.BytesIO(content)) as file:
        for number, one in enumerate(kept, start=1):
            with one.opened() as stored:
                held = pikepdf.AttachedFileSpec(file, stored.read(), filename=f"{number:02} {one.name}")
            file.attachments[f"{number:02} {one.name}"] = held
        closed = io.BytesIO()
        sealed = pikepdf.Encryption(owner=secrets.token_urlsafe(30), user=transfer.passphrase, R=6)
        file.save(closed, encryption=sealed)
    return closed.getvalue()
