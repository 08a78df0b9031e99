"""What the pages of policies ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from harmony.files.forms import KeptFileField
from harmony.look.forms import CharField, Form, LongText, Radios, Ticks
from harmony.people.forms.fields import WhyForm
from harmony.people.models import Post

from . import bringing, markdown, quiz
from .models import Policy, Review
from .models.versions import LINES

A_LINE = 200  # letters of what changed
KEEPERS = (Post.DSO, Post.DEPUTY, Post.LEAD, Post.CHAIR, Post.ALLEGATIONS, Post.OFFICE, Post.IT, Post.CONSENT)


class PolicyForm(Form):
    title = CharField(label=_("What is it called?"), max_length=100)
    owner = forms.ChoiceField(
        label=_("Who looks after it?"), choices=[(post.value, post.label) for post in KEEPERS], initial=Post.DSO
    )
    approver = forms.ChoiceField(label=_("Who approves it?"), choices=Policy.Approver, widget=Radios)
    asked_of = forms.ChoiceField(label=_("Who is asked to agree to it?"), choices=Policy.AskedOf, widget=Radios)
    is_public = forms.BooleanField(
        label=_("Anybody may read it, without signing in"), required=False, help_text=_("Parents and young people too.")
    )

    def __init__(self, *args, policy=None, **options):
        super().__init__(*args, **options)
        self.policy = policy

    def clean_title(self):
        title = self.cleaned_data["title"]
        others = Policy.objects.exclude(pk=self.policy.pk) if self.policy else Policy.objects.all()
        self.slug = slugify(title)[:60].strip("-")
        if others.filter(title__iexact=title).exists() or (not self.policy and others.filter(slug=self.slug).exists()):
            raise ValidationError(_("There is a policy of this name already. Write a new version of that one."))
        if not self.slug:
            raise ValidationError(_("Give it a name with letters in it."))
        return title


class CompanionsForm(Form):
    others = forms.MultipleChoiceField(
        label=_("Which policies are read beside it?"), widget=Ticks(stand="pairs"), required=False
    )

    def __init__(self, *args, policy, **options):
        super().__init__(*args, initial={"others": [str(one.pk) for one in policy.companions]}, **options)
        self.known = {str(one.pk): one for one in Policy.objects.exclude(pk=policy.pk)}
        self.fields["others"].choices = [(key, one.title) for key, one in self.known.items()]

    def clean_others(self):
        return [self.known[key] for key in self.cleaned_data["others"]]


class WriteForm(Form):
    text = LongText(
        label=_("The policy"),
        rows=22,
        max_length=200_000,
        help_text=_("“## ” begins a heading, “- ” a bullet. {S22} at the end of a line says which promise it makes."),
        error_messages={"required": _("Write the policy, or bring it in from a file.")},
    )
    for_staff = LongText(
        label=_("In plain words, for staff"), rows=6, required=False, help_text=_("Half a page. It may stay empty.")
    )
    for_young = LongText(label=_("In plain words, for young people"), rows=6, required=False)
    for_parents = LongText(label=_("In plain words, for parents"), rows=6, required=False)
    quiz = LongText(
        label=_("Up to three questions about it"),
        rows=3,
        required=False,
        help_text=_(
            "One a line, the right answer first: “What do you do? = Tell the safeguarding officer | Answer | Block them”."
        ),
    )
    what_changed = LongText(
        label=_("What changed, in up to three lines"),
        rows=3,
        required=False,
        help_text=_("Whoever knows the version before reads this first."),
    )
    is_material = forms.TypedChoiceField(
        label=_("Do people have to read it again?"),
        choices=[
            ("yes", _("Yes: what they have to do has changed")),
            ("no", _("No: only small things, like a number")),
        ],
        coerce=lambda said: said == "yes",
        widget=Radios,
        initial="yes",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_what_changed(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["what_changed"].split("\n") if line.strip()]
        if len(lines) > LINES or any(len(line) > A_LINE for line in lines):
            raise ValidationError(_("Say it in three short lines at most. The text itself shows the rest."))
        return "\n".join(lines)

    def clean_quiz(self):
        text = self.cleaned_data["quiz"].strip()
        try:
            quiz.read(text)
        except ValueError as wrong:
            says = _(
                "Write “%(line)s” as a question, then = and the answers with | between them, the right answer first."
            )
            raise ValidationError(says, params={"line": str(wrong)[:80]}) from None
        return text

    def clean_revision(self):
        return self.cleaned_data["revision"] or 0


class BringForm(Form):
    """From a file, or pasted. What was in it and is not a policy's is reported."""

    file = KeptFileField(label=_("A Word or text file"), required=False)
    words = LongText(label=_("Or paste the text here"), rows=8, required=False, max_length=200_000)

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and file.kind not in ("docx", "txt"):
            raise ValidationError(
                _("Choose a Word file (.docx) or a text file (.txt or .md). Or paste the text below.")
            )
        return file

    def clean(self):
        told = super().clean()
        file, words = told.pop("file", None), told.pop("words", "")
        if not self.errors and not (file or words.strip()):
            raise ValidationError(_("Choose a file, or paste the text."))
        if not self.errors:
            told["found"] = self._read(file, words)
        return told

    def _read(self, file, words):
        try:
            found = bringing.from_file(file) if file else bringing.from_words(words)
        except (ValueError, KeyError, UnicodeDecodeError):
            raise ValidationError(_("We cannot read this file. Copy its text, and paste it below.")) from None
        if not found.text.strip():
            raise ValidationError(_("There are no words in it. Copy its text, and paste it below."))
        return found


class TagForm(Form):
    """One small box a paragraph: the promises it makes."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, blocks, **options):
        super().__init__(*args, **options)
        self.blocks = blocks
        for number, block in enumerate(blocks):
            self.fields[f"block_{number}"] = CharField(
                label=block.words, required=False, max_length=60, initial=" ".join(block.tags)
            )

    def clean(self):
        told, tags = super().clean(), {}
        for number, block in enumerate(self.blocks):
            try:
                found = markdown.codes(told.pop(f"block_{number}", "") or "")
            except ValueError:
                self.add_error(f"block_{number}", _("Write it like S4, or S4 S15."))
            else:
                if found != block.tags:
                    tags[number] = found
        return {"tags": tags, "revision": told.get("revision") or 0}

    @property
    def rows(self):
        return [(block, self[f"block_{number}"]) for number, block in enumerate(self.blocks)]


class CommentForm(Form):
    words = LongText(label=_("What do you want to say about it?"), rows=4, max_length=5000)


class AgreeForm(Form):
    """One's word, and up to three questions. Which answer is right is not said; that one is wrong is."""

    def __init__(self, *args, questions, seed, **options):
        super().__init__(*args, **options)
        self.questions = {f"question_{number}": one for number, one in enumerate(questions)}
        for name, one in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=one.asks,
                choices=[(said, said) for said in one.answers(seed)],
                widget=Radios,
                error_messages={"required": _("Choose an answer.")},
            )
        self.fields["will"] = forms.BooleanField(
            label=_("I have read this and will follow it"),
            error_messages={"required": _("Tick this, or go back and read it again.")},
        )

    def clean(self):
        told = super().clean()
        for name, one in self.questions.items():
            if name in told and told[name] != one.right:
                self.add_error(name, _("That is not what the policy says. Look it up, and choose again."))
        return {}


class MinutesForm(Form):
    minutes = LongText(label=_("Minutes"), rows=10, help_text=_("No names of young people."))
    decision = forms.ChoiceField(label=_("What did you decide?"), choices=Review.Decision, widget=Radios)


class EarlyForm(WhyForm):
    because = forms.ChoiceField(
        label=_("What happened?"),
        choices=[choice for choice in Review.Because.choices if choice[0] != Review.Because.YEARLY],
        widget=Radios,
    )
    field_order = ["because", "why"]
