"""Signing in is allauth's work. This writes it in the book, slows guessing, and asks for the second proof."""

import logging
import time
from smtplib import SMTPException
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.utils import user_email
from allauth.core import context as current
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from harmony.audit.events import event, note
from harmony.encryption.keys import ORGANISATION
from harmony.encryption.sealing import seal, unseal
from harmony.organisation.models import Organisation

from . import access, devices
from .models import User

KNOWN_FOR = 30 * 24 * 60 * 60  # seconds; an address from which somebody came in stays known to their account
OUT = {"account_logout", "people:session"}  # the way out, and how long the session still is
SET_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"} | OUT
CONFIRM = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"} | OUT


def record_account_pages(get_response):
    """Allauth opens no events, so its pages are each one event. Not atomic: they hash passwords.

    Looking is an event too: the first look at recovery codes is written into them. An event in which
    nothing changes leaves no line.
    """

    def middleware(request):
        page = page_name(request)
        if not page.startswith(("account_", "mfa_", "usersessions_")):
            return get_response(request)
        by = request.user if request.user.is_authenticated else "not signed in"
        with event(f"account: {page}", by=by, atomic=False):
            return get_response(request)

    middleware.process_exception = _prove_first
    return middleware


def _prove_first(request, exception):
    """Whoever is sent to prove who they are presses again afterwards.

    Allauth would keep their whole request in the session meanwhile, the key in its cookie too (decision 0203).
    """
    if not isinstance(exception, ReauthenticationRequired):
        return None
    where = "account_reauthenticate" if request.user.is_authenticated else "account_login"
    return redirect(f"{reverse(where)}?{urlencode({'next': request.get_full_path()})}")


def page_name(request):
    try:
        return resolve(request.path_info).view_name or ""
    except Resolver404:
        return ""


def second_factor(get_response):
    """Whose post opens other people's records comes in with two proofs.

    Until then they reach the page where they set the second one up, or give it, and no other. Asked of
    each session: one that began with a stolen password stays outside when its owner sets up a passkey.
    """

    def middleware(request):
        if request.user.is_authenticated and owes_a_second_proof(request):
            has_one = is_mfa_enabled(request.user, ["totp", "webauthn"])
            if page_name(request) not in (CONFIRM if has_one else SET_UP):
                return redirect(_where_to_confirm(request) if has_one else "mfa_index")
        return get_response(request)

    return middleware


def owes_a_second_proof(request):
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        return False
    walked_through = Organisation.current().is_demo and not settings.PRODUCTION
    return access.needs_second_factor(request.user) and not walked_through


def _where_to_confirm(request):
    app = is_mfa_enabled(request.user, ["totp"])
    return reverse("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "That e-mail address and password do not belong together. Check both and try again."
        ),
        "enter_current_password": _("This is not the password you have now. Try again."),
        "incorrect_code": _("That code does not work. Wait for the next one and type it."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_password_reset": _("This link does not work any more."),
        "too_many_login_attempts": _("Too many tries. Wait 5 minutes, then try again. A passkey works straight away."),
        "rate_limited": _("Too many tries. Wait 5 minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return False  # by invitation

    def pre_authenticate(self, request, **credentials):
        """Refuse before any password is hashed: this address has tried this account too often, or many have.

        An address from which the person came in before is never made to wait for what others do.
        """
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "")
        if cache.get(_known(request, email)):
            return
        if not ratelimit.consume(request, action="login_failed_anywhere", key=email.lower()):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request, **credentials):
        # allauth counts by account alone, so anybody could lock the DSO out
        return f"{get_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"

    def authenticate(self, request, **credentials):
        """Whoever is not active here meets the answer of a wrong password, even with the right one."""
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def post_login(self, request, user, **kwargs):
        """Last login and the session are not recorded, so this is the line that says who came in, and how."""
        records = get_authentication_records(request, user)
        note(f"sign in ({', '.join(record['method'] for record in records)})", by=user, about=user)
        cache.set(_known(request, user.email), True, KNOWN_FOR)
        request.session["began"] = time.time()
        # whoever has just signed in need not say their password again to set up a second factor
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            *records[:-1],
            *(record | {"reauthenticated": True} for record in records[-1:]),
        ]
        # whoever follows an invitation has it from their mail a moment ago
        if not devices.is_known(request, user) and page_name(request) != "people:welcome":
            self.send_mail("account/email/new_device", user.email, {"user": user})
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user)
        return response

    def authentication_failed(self, request, **credentials):
        # A line for unknown people too, so that the answer takes as long. What was typed is not
        # kept: it may be a password in the wrong box.
        user = User.objects.filter(email=credentials.get("email", "").lower()).first()
        note("sign in refused", by="not signed in", about=user)
        super().authentication_failed(request, **credentials)

    def logout(self, request):
        if request.user.is_authenticated:
            note("sign out", by=request.user, about=request.user)
        super().logout(request)

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix, email, context):
        """A mail that cannot be sent fails nothing: the page must not tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context | {"organisation": Organisation.current()})
        except (OSError, SMTPException):
            logging.getLogger(__name__).exception("A mail about an account could not be sent")


def _known(request, email):
    return f"known:{get_ip(request)}:{user_email(User(email=email))}"


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds lie encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not work. Wait for the next one and type it."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first. Codes are for when it is lost."),
    }

    def encrypt(self, text):
        return seal(text, root=ORGANISATION, place=("mfa_authenticator", "", "data"))

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, place=("mfa_authenticator", "", "data"))

    def get_totp_issuer(self):
        return Organisation.current().name

    def get_public_key_credential_rp_entity(self):
        return {"id": current.request.get_host().partition(":")[0], "name": Organisation.current().name}

    def generate_authenticator_name(self, user, type):
        return str(_("My passkey"))


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions):
        for session in sessions:
            note("end a session", by=current.request.user, about=session.user)
            session.end()


class Argon2id(Argon2PasswordHasher):
    """The OWASP profile: 19 MiB, two passes, one lane. Django's own costs eight times the CPU."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1
