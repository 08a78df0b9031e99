"""Every form in the design system's markup, its errors in sentences, its refusals on the same page."""

import re
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.template.loader import render_to_string

from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from harmony.look.forms import CharField, Form, LongText
from harmony.look.samples import SampleForm
from harmony.people.models import Appointment


class Told(Form):
    words = LongText(label="What happened?", max_length=10, error_messages={"required": "Tell us what happened."})
    who = CharField(label="Who is it about?", help_text="First name is enough.")
    level = forms.ChoiceField(choices=[("high", "High"), ("low", "Low")], widget=forms.RadioSelect, label="How bad?")
    notes = forms.CharField(required=False, max_length=5)
    why = CharField(required=False)


class Ids(HTMLParser):
    """The page's ids, and everything that points at one."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.pointers = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.pointers.update((attrs.get(name) or "").split())
        if (attrs.get("href") or "").startswith("#"):
            self.pointers.add(attrs["href"][1:])


def drawn(form):
    return render_to_string("components/error_summary.html", {"form": form}) + str(form)


def told(**answers):
    return Told({"words": "He said", "who": "Zed", "level": "high"} | answers)


def sentences(form, name):
    return form[name].sentences


@pytest.mark.parametrize("form", [SampleForm(), SampleForm({"words": "x" * 300}), LoginForm(), LoginForm({})])
def test_every_label_hint_error_and_link_points_at_something(form):
    page = Ids(drawn(form))
    assert page.pointers <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.pointers


def test_a_field_has_its_question_its_hint_and_its_class():
    page = str(Told())
    assert '<label class="govuk-label" for="id_who">Who is it about?</label>' in page
    assert '<div class="govuk-hint" id="id_who_helptext">First name is enough.</div>' in page
    [box] = re.findall(r'<input[^>]*name="who"[^>]*>', page)
    assert 'aria-describedby="id_who_helptext"' in box
    assert 'class="govuk-input"' in box
    assert 'autocomplete="off"' in box
    assert "(optional)" in page.split('for="id_notes"')[1].split("</label>")[0]


def test_choices_are_cards_in_a_named_group():
    page = str(Told({}))
    group = page[page.index("<fieldset") : page.index("</fieldset>")]
    assert '<legend class="govuk-fieldset__legend">How bad?</legend>' in group
    assert 'aria-describedby="id_level_error"' in group
    assert group.count('class="govuk-radios__item"') == 2
    assert "aria-invalid" not in group


def test_an_empty_answer_is_asked_for_in_the_forms_own_words_or_by_its_question():
    form = Told({})
    assert sentences(form, "words") == ["Tell us what happened."]
    assert sentences(form, "who") == ["Answer this: Who is it about?"]
    assert sentences(SampleForm({}), "sure")[0].startswith("Tick this to go on")


def test_the_summary_links_to_the_first_thing_that_can_be_filled_in():
    page = drawn(Told({}))
    assert '<a href="#id_words">Tell us what happened.</a>' in page
    assert '<a href="#id_level_0">Answer this: How bad?</a>' in page
    assert "Check 3 things" in page
    assert "What you wrote is still here." in page


def test_too_long_says_by_how_much_and_cuts_nothing_off():
    form = told(words="He said so all day", notes="a lot")
    assert sentences(form, "words") == ["Make this 8 characters shorter. There is room for 10."]
    assert "He said so all day" in str(form)
    assert "maxlength" not in str(form["words"])
    assert sentences(told(words="x" * 11), "words") == ["Make this 1 character shorter. There is room for 10."]


def test_a_line_break_counts_once():
    assert told(words="a\r\nb\r\nc\r\nd\r\ne").is_valid()


@pytest.mark.parametrize("bad", ["\x00", "\ud83d"])
@pytest.mark.parametrize("name", ["words", "who"])
def test_a_character_that_cannot_be_kept_is_a_sentence_not_a_fault(name, bad):
    form = told(**{name: f"He {bad} said"})
    assert sentences(form, name) == ["There is a character here that we cannot keep. Write this part again."]
    page = drawn(form)
    assert "He \ufffd said" in page
    page.encode()


def test_a_choice_that_is_not_one_is_refused_in_words():
    form = told(level="\ud800extreme")
    assert sentences(form, "level") == ["Choose one of these answers."]
    drawn(form).encode()


def test_markup_that_was_typed_stays_words():
    assert "<script>" not in drawn(told(who="<script>alert(1)</script>", level="<script>"))


def test_allauths_forms_look_the_same():
    page = drawn(LoginForm({}))
    assert 'class="govuk-input govuk-input--error"' in page
    assert "govuk-js-password-input-toggle" in page
    assert "Answer this:" in page
    assert "This field is required" not in page


def refusing(refusal):
    def step(words, who, level, notes, *, by, why="", at=None):
        raise refusal

    return step


def test_a_step_gets_the_answers_by_name_who_and_when():
    taken = {}
    form = told(why="Because")
    assert form.is_valid()
    assert form.take(lambda **answers: taken.update(answers), by="Sam", at="noon", case=7)
    assert taken == {**form.cleaned_data, "by": "Sam", "at": "noon", "case": 7}
    assert form.status == HTTPStatus.OK


@pytest.mark.parametrize(
    ("refusal", "name", "status"),
    [
        (StateMoved("Tom Ellery triaged this at 10:42am."), "__all__", 409),
        (ReasonOwed("Say why, before you take this step."), "why", 200),
        (Refused("This person has no part in this case."), "__all__", 200),
    ],
)
def test_a_refusal_stands_on_the_same_form_with_the_words_kept(refusal, name, status):
    form = told()
    assert form.is_valid()
    assert not form.take(refusing(refusal), by="Sam")
    assert form.errors[name] == [str(refusal)]
    assert form.status == status
    assert str(refusal) in drawn(form)
    assert "He said" in drawn(form)


def test_what_a_person_may_never_do_is_not_a_matter_of_answers():
    form = told()
    assert form.is_valid()
    with pytest.raises(PermissionDenied):
        form.take(refusing(PermissionDenied("no")), by="Sam")


@pytest.mark.django_db(transaction=True)
def test_a_guard_of_the_database_speaks_on_the_form(amara, sam):
    from harmony.audit.events import event

    def appoint(*, by, **answers):
        with event("appoint", by=by):
            Appointment.objects.create(user=sam, post="dso", starts_on="2026-01-01")

    form = told()
    assert form.is_valid()
    assert not form.take(appoint, by=amara)
    assert form.non_field_errors() == ["Somebody else holds this post on one of these days."]
    assert form.status == HTTPStatus.CONFLICT


def test_any_other_broken_rule_is_a_fault_of_ours():
    form = told()
    assert form.is_valid()
    with pytest.raises(IntegrityError):
        form.take(refusing(IntegrityError("UNIQUE constraint failed: people_user.email")), by="Sam")
