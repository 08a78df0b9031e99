"""The account pages we use, one by one: what is not listed here does not exist."""

from allauth.account import views as account
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp.views import ActivateTOTPView, deactivate_totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.views import ListUserSessionsView
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, re_path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from harmony.look.words import clock_time, hour

from . import sessions, unfinished
from .account_forms import EndSessionsForm
from .accounts import owes_a_second_proof
from .doors import open_to_all

# the first sign found counts: Edge says Chrome too, and Chrome says Safari
BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


class SignIn(account.LoginView):
    # the demo's sign-ins, where there is a demo
    extra_context = {"demo_people": ["home/demo_people.html", "account/demo_people.html"]}

    def get_context_data(self, **kwargs):
        until = unfinished.kept_until(self.request)
        return super().get_context_data(**kwargs) | {"kept_until": hour(until) if until else ""}


class SecondProof(mfa.AuthenticateView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"has_passkey": is_mfa_enabled(self.stage.login.user, ["webauthn"])}


class ChangePassword(account.PasswordChangeView):
    """Whoever has no password to change makes one by a link that is mailed to them."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class GoesOnUnderANewKey:
    """For whatever proves who somebody is within a session (decision 0204)."""

    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.renew(self.request)
        return response


class Confirm(GoesOnUnderANewKey, account.ReauthenticateView):
    pass


class ConfirmByCode(GoesOnUnderANewKey, mfa.ReauthenticateView):
    pass


class ConfirmByPasskey(GoesOnUnderANewKey, webauthn.ReauthenticateWebAuthnView):
    pass


class SetsUpASecondProof(GoesOnUnderANewKey):
    """Whoever has just shown a second proof need not show it again in this session."""

    proof = ""

    def form_valid(self, form):
        response = super().form_valid(form)
        known = get_authentication_records(self.request, self.request.user)
        if not any(record["method"] == "mfa" for record in known):
            record_authentication(self.request, self.request.user, "mfa", type=self.proof, reauthenticated=True)
        return response


class SetUpApp(SetsUpASecondProof, ActivateTOTPView):
    proof = "totp"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return context | {"secret": [secret[i : i + 4] for i in range(0, len(secret), 4)]}


class AddPasskey(SetsUpASecondProof, webauthn.AddWebAuthnView):
    proof = "webauthn"


class Security(mfa.IndexView):
    """What somebody signs in with; and the one page open to them while they owe a second proof."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"owes_second_proof": owes_a_second_proof(self.request)}


@method_decorator(reauthentication_required(allow_get=True), name="dispatch")
class Sessions(ListUserSessionsView):
    """Everybody sees where they are signed in; whoever ends any of it has proved just before who they are."""

    form_class = EndSessionsForm

    def get_context_data(self, **kwargs):
        proved = did_recently_reauthenticate(self.request)
        context = super().get_context_data(**kwargs) | {"asks_first": not proved}
        for session in context["sessions"]:
            session.since = clock_time(session.created_at)
            session.device = device(session.user_agent)
        return context


def device(user_agent):
    """A browser's long name in two words that its owner knows."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), _("A browser"))
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), _("an unknown device"))
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}


@open_to_all
def closed(request):
    """Signing up is by invitation. Allauth wants the name to exist."""
    raise Http404


urlpatterns = [
    path("sign-in/", open_to_all(SignIn.as_view()), name="account_login"),
    path("sign-in/code/", open_to_all(SecondProof.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", open_to_all(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-out/", open_to_all(account.logout), name="account_logout"),
    path("sign-up/", closed, name="account_signup"),
    path("confirm/", Confirm.as_view(), name="account_reauthenticate"),
    path("confirm/code/", ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("confirm/passkey/", ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("password/", ChangePassword.as_view(), name="account_change_password"),
    path("password/forgotten/", open_to_all(account.password_reset), name="account_reset_password"),
    path("password/forgotten/sent/", open_to_all(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        open_to_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("security/", Security.as_view(), name="mfa_index"),
    path("security/app/", SetUpApp.as_view(), name="mfa_activate_totp"),
    path("security/app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("security/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("security/passkeys/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("security/sessions/", Sessions.as_view(), name="usersessions_list"),
]
