"""The on-call rota, and being away."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import get_current_timezone, localtime, now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, MomentField, Radios

from ..models import Appointment, Away, OnCall, Post, User
from .fields import PhoneField, RecordField

LONGEST = timedelta(days=31)


class SlotTimes(Form):
    phone = PhoneField(label=_("Which number do they answer?"))
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def clean_ends_at(self):
        starts, ends = self.cleaned_data.get("starts_at"), self.cleaned_data["ends_at"]
        if starts and ends <= starts:
            raise ValidationError(_("This is not after the start. Give a later time."))
        if starts and ends - starts > LONGEST:
            raise ValidationError(_("That is more than a month. Make it shorter, and add more slots."))
        if ends <= now():
            raise ValidationError(_("This has gone by. The rota shows who answered; it is not rewritten."))
        return ends


class SlotForm(SlotTimes):
    """A slot, and the same hours again on other days."""

    OFTEN = {
        "once": (_("Once"), range(1)),
        "weekdays": (_("Each day for a week, but not on Saturday and Sunday"), range(7)),
        "daily": (_("Each day for a week"), range(7)),
        "weekly": (_("Each week for four weeks"), range(0, 28, 7)),
    }
    user = RecordField(User.objects.none(), label=_("Who is on call?"))
    often = forms.ChoiceField(
        label=_("How often?"),
        widget=Radios,
        initial="once",
        choices=[(key, says) for key, (says, _days) in OFTEN.items()],
    )
    field_order = ["user", "phone", "starts_at", "ends_at", "often"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = User.objects.active()
        self.fields["phone"].required = False
        self.fields["phone"].help_text = _("Leave it empty for their work phone.")

    def clean(self):
        answers = super().clean()
        user = answers.get("user")
        if user and not answers.get("phone") and "phone" not in self.errors:
            answers["phone"] = user.phone
            if not user.phone:
                self.add_error("phone", _("There is no work phone for this person. Write the number here."))
        return answers

    def slots(self):
        """(start, end) of each, by the clock on the wall even where the clocks change."""
        starts, ends, often = (self.cleaned_data[name] for name in ("starts_at", "ends_at", "often"))
        for days in self.OFTEN[often][1]:
            begins = _same_clock(starts, days)
            if often != "weekdays" or begins.weekday() < 5:
                yield begins, _same_clock(ends, days)


class AwayForm(Form):
    TOMORROW, MONDAY, OTHER = "tomorrow", "monday", "other"
    until = forms.ChoiceField(
        label=_("Until when?"),
        widget=Radios,
        initial=TOMORROW,
        choices=[
            (TOMORROW, _("Tomorrow at 9am")),
            (MONDAY, _("Monday at 9am")),
            (OTHER, _("Another time, which I give below")),
        ],
    )
    ends_at = MomentField(label=_("Which other time?"), required=False)
    cover = RecordField(User.objects.none(), label=_("Who answers in your place?"), required=False)

    def __init__(self, *args, user, at=None, **options):
        super().__init__(*args, **options)
        self.at = at or now()
        self.fields["cover"].queryset = who_can_cover(user)
        leads = User.objects.holding(Post.LEAD).exclude(pk=user.pk)
        self.fields["cover"].empty_label = (
            _("%(name)s, the senior lead") % {"name": leads[0].name} if leads else _("Nobody: the next in line is rung")
        )

    def clean(self):
        answers = super().clean()
        if answers.get("until") == self.OTHER:
            self._check_other(answers.get("ends_at"))
        elif days := {self.TOMORROW: 1, self.MONDAY: 7 - localtime(self.at).weekday()}.get(answers.get("until")):
            answers["ends_at"] = nine(self.at, days)
        cover, ends_at = answers.get("cover"), answers.get("ends_at")
        if cover and ends_at and Away.objects.filter(user=cover).between(self.at, ends_at).exists():
            self.add_error(
                "cover", _("%(name)s is away in this time too. Choose somebody else.") % {"name": cover.name}
            )
        return {name: answers.get(name) for name in ("ends_at", "cover")}

    def _check_other(self, ends_at):
        if "ends_at" in self.errors:
            return
        if not ends_at:
            self.add_error("ends_at", _("Say until when you are away."))
        elif ends_at <= self.at:
            self.add_error("ends_at", _("This has gone by. Give a time to come."))


def who_can_cover(user):
    """Active, with a phone to ring: whoever answers on call, or holds a post."""
    ringable = User.objects.active().exclude(phone="").exclude(pk=user.pk)
    in_post, on_call = Appointment.objects.standing(), OnCall.objects.to_come()
    return ringable.filter(Q(pk__in=in_post.values("user")) | Q(pk__in=on_call.values("user")))


def _same_clock(moment, days):
    local = localtime(moment)
    return datetime.combine(local.date() + timedelta(days=days), local.time(), get_current_timezone())


def nine(at, days):
    """9am, so many days from now: when work begins again."""
    return datetime.combine(localtime(at).date() + timedelta(days=days), time(9), get_current_timezone())
