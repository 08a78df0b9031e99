"""Allauth's forms, in our words."""

import struct

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.usersessions import forms as usersessions
from allauth.usersessions.internal import flows
from allauth.usersessions.models import UserSession
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from harmony.audit.events import note
from harmony.look.fields import refuse_unkeepable

PASSWORD_HELP = _("10 characters or more. Three words that only you would put together are easy to remember.")

GARBLED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


class InOurWords:
    """Labels and hints of our own, no placeholders, and a new password typed once (it can be shown)."""

    labels, hints, autocomplete = {}, {}, {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_unkeepable)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in self.autocomplete:
                field.widget.attrs["autocomplete"] = self.autocomplete[name]


class LoginForm(InOurWords, account.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password")}
    autocomplete = {"login": "username"}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    labels = {"email": _("Your e-mail address at work")}
    autocomplete = {"email": "username"}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    hints = {"password1": PASSWORD_HELP}


class UserTokenForm(account.UserTokenForm):
    """A link sent while somebody was active is dead once they are suspended or have left."""

    def clean(self):
        cleaned = super().clean()
        if not self.reset_user.is_active:
            raise account.get_adapter().validation_error("invalid_password_reset")
        return cleaned


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("The password you have now"), "password1": _("New password")}
    hints = {"password1": PASSWORD_HELP}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class CodeForm(InOurWords):
    labels = {"code": _("Code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class UsedOnce(CodeForm):
    """A code lives for 90 seconds, as one step either side is taken; allauth would forget its use after 30."""

    def clean_code(self):
        code = super().clean_code()
        if not cache.add(f"code:{self.user.pk}:{''.join(code.split())}", True, timeout=90):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(UsedOnce, mfa.AuthenticateForm):
    hints = {"code": _("The 6 numbers that your app shows now, or one of your recovery codes.")}

    def clean_code(self):
        try:
            return super().clean_code()
        except forms.ValidationError:
            note("sign in refused", by="not signed in", about=self.user)
            raise


class ConfirmForm(UsedOnce, mfa.ReauthenticateForm):
    hints = AuthenticateForm.hints


class ActivateTOTPForm(CodeForm, totp.ActivateTOTPForm):
    labels = {"code": _("Type the 6 numbers it shows")}


class FromADevice:
    """What a device says is JSON that anybody can forge: what does not parse is refused, never an error of ours."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except (*GARBLED, forms.ValidationError):
            note("sign in refused", by="not signed in", about=self.user)
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyAloneForm(FromADevice, webauthn.LoginWebAuthnForm):
    pass


class PasskeyForm(FromADevice, webauthn.AuthenticateWebAuthnForm):
    pass


class ConfirmByPasskeyForm(FromADevice, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    labels = {"name": _("What do you call this device?")}
    hints = {"name": _("So that you know it again in the list.")}

    def clean(self):
        try:
            return super().clean()
        except GARBLED:
            raise get_adapter().validation_error("incorrect_code") from None


class EditPasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    labels = {"name": _("What do you call this device?")}


class EndSessionsForm(usersessions.ManageUserSessionsForm):
    """End one session, or all but this one."""

    session = forms.ModelChoiceField(UserSession.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = UserSession.objects.filter(user=self.request.user)

    def save(self, request):
        if one := self.cleaned_data["session"]:
            flows.sessions.end_sessions(request, [one])
        else:
            super().save(request)
