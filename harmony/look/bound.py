"""A field as the page shows it: the design system's classes, and errors as sentences to act on."""

from django import forms
from django.core import validators
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .characters import shown

# Django's and allauth's own words, and what we say instead. {label} is the field's question.
SENTENCES = {
    "required": (forms.Field.default_error_messages["required"], _("Answer this: {label}")),
    "invalid_choice": (None, _("Choose one of these answers.")),
    "invalid_pk_value": (None, _("Choose one of these answers.")),
    "invalid_list": (None, _("Choose from these answers.")),
    "null_characters_not_allowed": (
        None,
        _("There is a character here that we cannot keep. Write this part again."),
    ),
}
DRAWN_BY_THEIR_TEMPLATE = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)


class Answer(BoundField):
    """Every form's fields, allauth's too: the renderer names this class."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)  # we say what is missing in words, beside the field
        if widget.is_hidden:
            return attrs
        if isinstance(widget, (*DRAWN_BY_THEIR_TEMPLATE, forms.CheckboxInput)):
            attrs.pop("aria-invalid", None)  # not for radios and ticks; their group carries the error
        if classes := self._classes(widget):
            attrs["class"] = " ".join([*classes, *widget.attrs.get("class", "").split()])
        if isinstance(widget, forms.TextInput | forms.MultiWidget):
            attrs.setdefault("autocomplete", widget.attrs.get("autocomplete", "off"))  # shared computers remember
        return attrs

    def _classes(self, widget):
        if isinstance(widget, DRAWN_BY_THEIR_TEMPLATE):
            return []
        kind = {
            forms.Textarea: "govuk-textarea",
            forms.CheckboxInput: "govuk-checkboxes__input",
            forms.Select: "govuk-select",
            forms.FileInput: "govuk-file-upload",
        }
        name = next((name for parent, name in kind.items() if isinstance(widget, parent)), "govuk-input")
        toggled = ["govuk-password-input__input", "govuk-js-password-input-input"] if self.is_password else []
        return [name, *([f"{name}--error"] if self.errors else []), *toggled]

    @property
    def is_password(self):
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def is_tick(self):
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def says_optional(self):
        if not getattr(self.form, "says_optional", True):
            return False
        return not (self.field.required or self.field.disabled or self.is_tick or self.use_fieldset)

    @property
    def anchor(self):
        """Where the error summary's link leads: the first thing in the field that can be filled in."""
        if isinstance(self.field.widget, DRAWN_BY_THEIR_TEMPLATE):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    def value(self):
        """What was typed, less the characters that no page can carry."""
        return shown(super().value())

    @property
    def sentences(self):
        """The errors, as what to do now."""
        return [sentence for error in self.errors.as_data() for sentence in self._say(error)]

    def _say(self, error):
        if error.message is validators.MaxLengthValidator.message:
            over = error.params["show_value"] - error.params["limit_value"]
            return [
                ngettext(
                    "Make this %(over)d character shorter. There is room for %(room)d.",
                    "Make this %(over)d characters shorter. There is room for %(room)d.",
                    over,
                )
                % {"over": over, "room": error.params["limit_value"]}
            ]
        default, ours = SENTENCES.get(error.code, (None, None))
        if error.code == "required" and self.is_tick:
            ours = _("Tick this to go on: {label}")
        if ours is None or error.message != (default or self._default(error.code)):
            return list(error)
        return [ours.format(label=self.label)]

    def _default(self, code):
        """Django's words for this code, to tell them from a field's own."""
        if code == "null_characters_not_allowed":
            return validators.ProhibitNullCharactersValidator.message
        for parent in type(self.field).__mro__:
            said = vars(parent).get("default_error_messages", {}).get(code)
            if said is not None:
                return said if parent.__module__.startswith("django.") else None
        return None
