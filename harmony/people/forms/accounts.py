"""Inviting, changing, suspending and leaving."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks

from .. import access
from ..models import Membership, Post, User
from ..models.posts import WHAT_FOR
from .fields import EmailField, FirstAndLastDay, PhoneField, RecordField

KINDS = [choice for choice in Membership.Kind.choices if choice[0] in Membership.WORKING]


class InviteForm(Form):
    name = CharField(label=_("Name"), max_length=150)
    email = EmailField(label=_("E-mail address"), help_text=_("We send the link there. Nobody else sees it."))
    kind = forms.ChoiceField(label=_("What are they here?"), choices=KINDS, widget=Radios)
    starts_on = DateField(label=_("From when?"), initial=localdate)
    posts = forms.MultipleChoiceField(
        label=_("Do they hold a post?"),
        required=False,
        widget=Ticks,
        help_text=_("You can leave this empty, and give a post later."),
    )

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        self.fields["posts"].choices = posts_for(by)
        self.fields["posts"].widget.hints = WHAT_FOR
        if not self.fields["posts"].choices:
            del self.fields["posts"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody here has this address already. Look for them in the list of people."))
        return email


class DetailsForm(Form):
    name = CharField(label=_("Name"), max_length=150)
    phone = PhoneField(
        label=_("Work phone"),
        required=False,
        help_text=_("All staff can see it, and everybody while you are on call or hold a safeguarding post."),
    )


class LeaveForm(Form):
    last_day = DateField(label=_("What was their last day?"), past=True, initial=localdate)
    why = LongText(label=_("Why do they leave?"), rows=3, max_length=2000)

    def __init__(self, *args, work=(), **options):
        """A question for each piece of work that needs somebody else."""
        super().__init__(*args, **options)
        self.work = work
        for piece in work:
            if not (piece.what and piece.takers):
                continue
            self.fields[f"work_{piece.key}"] = RecordField(
                piece.takers, label=_("%(what)s: who takes over?") % {"what": piece.what}
            )

    @property
    def given(self):
        """(work, who takes it, or None where there was nobody to choose)"""
        return [(piece, self.cleaned_data.get(f"work_{piece.key}")) for piece in self.work]


class ComeBackForm(Form):
    kind = forms.ChoiceField(label=_("What are they here now?"), choices=KINDS, widget=Radios)
    starts_on = DateField(label=_("From when?"), initial=localdate)


class AppointForm(FirstAndLastDay):
    post = forms.ChoiceField(label=_("Which post?"), widget=Radios)
    field_order = ["post", "starts_on", "last_day"]

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        self.fields["post"].choices = posts_for(by)
        self.fields["post"].widget.hints = WHAT_FOR


class MembershipForm(FirstAndLastDay):
    kind = forms.ChoiceField(label=_("What are they here?"), choices=Membership.Kind.choices, widget=Radios)
    field_order = ["kind", "starts_on", "last_day"]


def posts_for(user):
    return [(post, Post(post).label) for post in access.posts_to_give(user)]
