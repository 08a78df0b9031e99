"""Words posted after a session had ended: kept sealed for half an hour, shown to the same person after signing in.

A form carries who it was drawn for (`{{ written_by }}`, signed, for one address). When it comes back and nobody
is signed in, what was typed is sealed with that person's own key and waits in the cache; the same page, opened
by the same person, shows it again. Nothing is done with it until they press the button. The sign-in page says until
when it waits: its address carries that time, signed, and nothing else of what was kept.
"""

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from harmony.encryption.keys import KeyErased
from harmony.encryption.sealing import ERASED, seal, unseal
from harmony.look.typed import urlencoded

from .models import User

FIELD, SALT, KEPT_FOR = "written_by", "harmony.people.unfinished", 30 * 60
UNTIL = "kept"  # in the address of the sign-in page, and in the header that tells a page what to put there


def written_by(request):
    """Context processor: who this page's form is drawn for."""
    return {FIELD: lambda: signing.dumps([request.user.pk.hex, request.path], salt=SALT)}


def keep(get_response):
    """Middleware: a form that came back too late is not lost. (After the view: a forged one never gets there.)

    A page whose session has ended under it sends what was typed with `Keep-Only`: that is kept, and acted on by nobody.
    """

    def middleware(request):
        if request.method == "POST" and "Keep-Only" in request.headers:
            return HttpResponse(status=204, headers={UNTIL: _until()} if _keep(request) else None)
        response = get_response(request)
        too_late = request.method == "POST" and not request.user.is_authenticated and response.status_code == 302
        if not too_late or not _keep(request):
            return response
        if "HX-Request" in request.headers:
            return HttpResponse(_("You were signed out. What you wrote is kept: press the button to sign in again."))
        response.headers["Location"] += "&" + urlencode({UNTIL: _until()})  # it has a ?next=
        return response

    return middleware


def kept_until(request, at=None):
    """The moment until which what was typed waits for whoever signs in; None when nothing does, or not any more."""
    try:
        until = datetime.fromtimestamp(signing.loads(request.GET.get(UNTIL, ""), salt=f"{SALT}.{UNTIL}"), UTC)
    except signing.BadSignature:
        return None
    return until if until > (at or now()) else None


def filled(form, request, **options):
    """A form with what was posted, or with what came too late before; else as it stands."""
    if request.method == "POST":
        return form(request.POST, **options)
    words = _kept(request)
    request.kept_words = words is not None  # the page says so
    return form(words, **options)


def answered(request, form):
    """Whether to act on it: it was posted now, and it is as it should be."""
    return request.method == "POST" and form.is_valid()


def _until():
    return signing.dumps(int(now().timestamp()) + KEPT_FOR, salt=f"{SALT}.{UNTIL}")


def _kept(request):
    place = _place(request.user.pk.hex, request.path)
    if not (sealed := cache.get(_name(place))):
        return None
    cache.delete(_name(place))
    plain = unseal(sealed, place=place)
    return None if plain == ERASED else urlencoded(plain.encode())


def _keep(request):
    try:
        user, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=settings.SESSION_COOKIE_AGE * 2)
    except signing.BadSignature:
        return False
    writer = User.objects.active().filter(pk=UUID(user)).first()
    if not writer or path != request.path:
        return False
    own = (FIELD, "csrfmiddlewaretoken")
    typed = [(name, text) for name, texts in request.POST.lists() for text in texts if name not in own]
    place = _place(user, path)
    try:
        cache.set(_name(place), seal(urlencode(typed, errors="surrogatepass"), root=writer.root, place=place), KEPT_FOR)
    except KeyErased:
        return False
    return True


def _place(user, path):
    return "unfinished", user, path


def _name(place):
    """The cache's name for it, which tells neither who nor where."""
    return f"unfinished-{sha256('|'.join(place).encode()).hexdigest()}"
