"""What is no good password: a well-known one with a year behind it, or what stands on the door (no network is asked)."""

import re

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from harmony.organisation.models import Organisation

AT_THE_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
OF_THE_PRODUCT = {"harmony", "safeguard"}  # docs/ways-in.md names them
SHORT = 6  # letters: a shorter word of the name may stand in any sentence


class NotWellKnown(django.CommonPasswordValidator):
    """None of the 20,000 that leaked most often, nor one of them with digits and signs before or behind it."""

    def validate(self, password, user=None):
        if {password.lower().strip(), AT_THE_ENDS.sub("", password.lower())} & self.passwords:
            raise ValidationError(
                _("Many people use this password, and it is tried first. Choose another."), code="password_too_common"
            )


class NotOurName:
    """Whoever guesses begins with what stands on the door."""

    def validate(self, password, user=None):
        words = re.findall(r"[^\W\d_]+", Organisation.current().name.lower())
        ours = {word for word in [*words, "".join(words)] if len(word) >= SHORT} | OF_THE_PRODUCT
        if any(word in re.sub(r"[\W\d_]", "", password.lower()) for word in ours):
            raise ValidationError(
                _("Leave out our name, and the word safeguard. They are tried first."), code="our_name"
            )

    def get_help_text(self):
        return _("Leave out our name, and the word safeguard.")
