"""A concern that one of us wrote down for somebody who rang or spoke to them: whose account it is, an abstract part of `Report`.

Whoever wrote it stays its reporter. The name and where to reach whoever told stand in the case alone, on no paper.
"""

from django.db import models

from harmony.encryption.fields import EncryptedTextField

TELLER = ("teller", "teller_is", "teller_reach", "teller_at", "teller_words")


class Secondhand(models.Model):
    teller = EncryptedTextField(blank=True)  # their name, as far as they gave one
    teller_is = EncryptedTextField(blank=True)  # to the young person: "her aunt", "a neighbour"
    teller_reach = EncryptedTextField(blank=True)  # how, and when it is safe
    teller_at = models.DateTimeField(null=True, blank=True)  # when they told whoever wrote it down
    teller_words = EncryptedTextField(blank=True)  # as told, by whoever wrote them down

    class Meta:
        abstract = True

    @property
    def is_told_by_another(self):
        """Somebody else's account, that one of us wrote down: said so, or something is known of who told it."""
        heard = self.how_known == self.Known.HEARD or any(getattr(self, name) for name in TELLER)
        return bool(self.author_id) and heard
