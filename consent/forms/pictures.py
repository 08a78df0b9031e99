"""What the pages of the register of use ask."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks
from harmony.people.forms.fields import RecordField
from harmony.people.models import User

from ..models import Use


class ImageForm(Form):
    what = CharField(label=_("What does it show?"), max_length=200, help_text=_("Like “canoe day, four on the jetty”."))
    kept = CharField(label=_("Where is it kept?"), max_length=200, help_text=_("Like a folder on the office drive."))
    taken_by = CharField(label=_("Who took it?"), max_length=100, required=False)
    taken_on = DateField(label=_("When was it taken?"), past=True, required=False)


class WhoForm(Form):
    people = forms.MultipleChoiceField(
        label=_("Young people"),
        widget=Ticks(stand="pairs"),
        error_messages={"required": _("Tick everyone who is in the picture.")},
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in people}
        self.fields["people"].choices = [(key, one.name) for key, one in self.known.items()]

    def clean_people(self):
        return [self.known[key] for key in self.cleaned_data["people"]]


class PublishForm(Form):
    use = forms.ChoiceField(
        label=_("Where?"), widget=Radios, error_messages={"required": _("Choose where it is published.")}
    )
    place = CharField(label=_("Where exactly?"), max_length=300, help_text=_("A web address, a page, a board."))
    proof = CharField(
        label=_("How does it look there?"),
        max_length=300,
        required=False,
        help_text=_("Like the words below it. It helps to find it again."),
    )

    def __init__(self, *args, uses, **options):
        super().__init__(*args, **options)
        self.known = {str(use.pk): use for use in uses}
        self.fields["use"].choices = [(key, str(use)) for key, use in self.known.items()]

    def clean_use(self):
        return self.known[self.cleaned_data["use"]]


class FoundForm(Form):
    use = RecordField(Use.objects.none(), label=_("What comes nearest?"))
    place = CharField(label=_("Where exactly?"), max_length=300, help_text=_("A web address, a page, a board."))
    published_on = DateField(label=_("Since when is it there?"), past=True, initial=localdate)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["use"].queryset = Use.objects.select_related("purpose", "channel")


class DownForm(Form):
    """What came of it. Only what is printed may stay."""

    came = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[("done", _("It is taken down")), ("stays", _("It is printed, and cannot be called back"))],
        widget=Radios,
        error_messages={"required": _("Say what came of it.")},
    )
    proof = LongText(
        label=_("How do you know?"),
        rows=3,
        max_length=1000,
        help_text=_("Like “I opened the page at noon, and it is gone”; or where what is left of it went."),
        error_messages={"required": _("Say how you know.")},
    )

    def __init__(self, *args, lasting, may_stay=False, **options):
        super().__init__(*args, **options)
        done, stays = self.fields["came"].choices
        self.fields["came"].choices = [done]
        if lasting == Use.Lasting.PAPER:
            self.fields["came"].choices += [stays]
        if may_stay:
            self.fields["came"].choices += [("let_stay", _("Everybody in it agrees again, so it may stay"))]
        if len(self.fields["came"].choices) == 1:
            self.fields["came"].initial = "done"

    def clean(self):
        told = super().clean()
        self.came = told.pop("came", "")
        return told


class GiveForm(Form):
    owner = RecordField(User.objects.none(), label=_("Who?"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.active().order_by("name")
