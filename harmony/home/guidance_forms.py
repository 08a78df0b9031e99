"""What the pages about guidance ask."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText
from harmony.people.forms.fields import WhyForm

from .forms import WebField

EDITION = _("Like “September 2026”. A web page may have none.")


class GuidanceForm(Form):
    name = CharField(label=_("Title"), max_length=200)
    publisher = CharField(label=_("Publisher"), max_length=100, required=False)
    edition = CharField(label=_("Edition"), max_length=60, required=False, help_text=EDITION)
    in_force_on = DateField(label=_("In force since"), required=False)
    url = WebField(label=_("Web address"))


class EditionForm(WhyForm):
    """A new edition takes the place of the one that is followed."""

    edition = CharField(label=_("Which edition is it?"), max_length=60, help_text=_("Like “September 2026”."))
    in_force_on = DateField(label=_("Since when is it in force?"), required=False)
    url = WebField(label=_("Web address"))
    why = LongText(
        label=_("What is new in it for us?"),
        rows=4,
        max_length=2000,
        help_text=_("Whoever looks at the policies reads this."),
    )
    field_order = ["edition", "in_force_on", "url", "why"]


class AgainForm(Form):
    next_check_on = DateField(
        label=_("When do you look again?"),
        initial=lambda: localdate() + timedelta(days=365),
        help_text=_("In a year at the latest; sooner where you know that it is about to change."),
    )
