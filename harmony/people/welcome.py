"""The page behind an invitation: who are you, choose a password, come in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from harmony.audit.events import event
from harmony.audit.transitions import StateMoved
from harmony.look.forms import CharField, Form

from .access import needs_second_factor
from .account_forms import PASSWORD_HELP
from .doors import no_such_link, opens_by
from .models import Invitation, User


class WelcomeForm(Form):
    name = CharField(label=_("Your name, as colleagues know you"), max_length=150)
    password = CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial={"name": user.name}, **kwargs)
        self.email = user.email

    def clean(self):
        cleaned = super().clean()
        if "password" in cleaned:
            try:
                validate_password(cleaned["password"], User(email=self.email, name=cleaned.get("name", "")))
            except forms.ValidationError as why_not:
                self.add_error("password", why_not)
        return cleaned


@sensitive_post_parameters("password")
@opens_by(Invitation)
def welcome(request, invitation):
    user = invitation.user
    form = WelcomeForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, invitation, **form.cleaned_data)
    about = {"invitation": invitation, "form": form, "needs_second_factor": needs_second_factor(user)}
    return render(request, "people/welcome.html", about, status=form.status)


def _come_in(request, invitation, name, password):
    user = invitation.user
    try:
        with event("accept", by=user, about=user):
            user.accept(name=name, password=password, by=user)
            invitation.use(by=user)
    except StateMoved:  # the link was opened twice at once
        return no_such_link(request)
    record_authentication(request, user, method="invitation")
    return perform_login(request, Login(user=user, email=user.email))
