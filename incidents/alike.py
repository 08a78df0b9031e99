"""Seen before (N16): the same username, person, name, app or group in another case.

alike(case, among)       {key of another case: what is the same}, out of those somebody may see
tell(case, at, reports)  whoever is above is told, once, where some who work the one case may not see the other

It is a hint, not a finding. An app and a group are shared by many cases: they are shown for three months, and nobody is
told of them alone.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.encryption import search, tokens
from harmony.encryption.fields import load_keys
from harmony.notifications.telling import tell as tell_them
from harmony.people.models import GroupMember, User

from . import access
from .named import read

LATELY = timedelta(days=90)
USERNAME, PERSON, COLLEAGUE, NAME = "username", "person", "colleague", "name"
APP, GROUP = "app", "group"
SAYS = {
    USERNAME: _("The same username"),
    PERSON: _("The same young person"),
    COLLEAGUE: _("It is about the same one of us"),
    NAME: _("A name like one in this case"),
    APP: _("The same app, game or site"),
    GROUP: _("The same group"),
}
WEAK = {APP, GROUP}
HANDLES = ("incidents_report.handle", "incidents_caseperson.handle")
NAMES = ("incidents_report.who", "incidents_report.others", "incidents_caseperson.name")
APPS = ("incidents_report.platform", "incidents_caseperson.handle")
# what people write beside a username: names of apps, not of anybody
NO_USERNAME = frozenset(
    ["snapchat", "instagram", "whatsapp", "tiktok", "discord", "roblox", "youtube", "facebook", "telegram", "username"]
)
SHORTEST = 4  # letters and digits of a username


def alike(case, among, reports=None, at=None):
    """`among` is a queryset of cases, scoped already; `reports` those of this case that are not saved with it yet."""
    among = among.exclude(pk=case.pk)
    people, found = list(case.people.all()), {}
    if reports is None:
        reports = list(case.reports.all())
        load_keys([*people, *reports])
    for key, what in [*_by_link(case, people, among), *_by_words(people, reports, among)]:
        found.setdefault(key, set()).add(what)
    weak = [key for key, whats in found.items() if whats & WEAK]
    old = set(among.filter(pk__in=weak, filed_at__lt=(at or now()) - LATELY).values_list("pk", flat=True))
    same = {key: whats - WEAK if key in old else whats for key, whats in found.items()}
    return {key: [what for what in SAYS if what in whats] for key, whats in same.items() if whats}


def tell(case, at, reports=None):
    """In the transaction that brings the same into it. Nobody who may not see both learns that there is another."""
    cases = type(case).objects
    for key, whats in alike(case, cases.all(), reports, at).items():
        if set(whats) - WEAK:
            _tell_above(case, cases.get(pk=key), at)


def _tell_above(case, other, at):
    ours, theirs = set(case.line()), set(other.line())
    if ours == theirs:
        return  # each of them sees it on the page of either
    seen, people = _neutral(case, other, ours & theirs)
    for person in people:
        number = (case.pk.int ^ other.pk.int) % 2**31  # the same for these two whichever is looked at
        # in the chain of whoever is told: in that of a case, those who work it could read that there is another
        tell_them("case", seen, [person], clock="alike", sentence="case_alike", rung=number, within=person, at=at)


def _neutral(case, other, both):
    """(the case they are led to, who): the next one up who may see both; else whoever works both; else who sees one."""
    out = Q(pk__in=case.recusals.values("user")) | Q(pk__in=other.recusals.values("user"))
    above = {post: list(User.objects.holding(post).exclude(out)) for post in access.ABOVE}
    for people in above.values():
        if seeing := [user for user in people if access.may_see(user, case) and access.may_see(user, other)]:
            return case, seeing
    if both:
        return case, sorted(both, key=lambda user: user.pk)
    for one in (case, other):
        for people in above.values():
            if seeing := [user for user in people if access.may_see(user, one)]:
                return one, seeing
    return case, []


def _by_link(case, people, among):
    """(key, what) of cases with the same record in them."""
    young = {one.young_person_id for one in people if one.young_person_id}
    about = case.recusals.filter(because="named").values("user")
    members = GroupMember.objects.standing()
    groups = members.filter(young_person__in=young).values("group")
    beside = members.filter(group__in=groups).values("young_person")
    yield from ((key, PERSON) for key in _keys(among.filter(people__young_person__in=young)))
    same = among.filter(recusals__because="named", recusals__lifted_at=None, recusals__user__in=about)
    yield from ((key, COLLEAGUE) for key in _keys(same))
    yield from ((key, GROUP) for key in _keys(among.filter(people__young_person__in=beside)))


def _keys(cases):
    return cases.order_by().values_list("pk", flat=True).distinct()[: search.A_LOT]


def _by_words(people, reports, among):
    """(key, what) of cases with the same words in the same kind of place."""
    return search.sharing(list(_sought(people, reports)), among)


def _sought(people, reports):
    """(what, words that stand together, places) for each username, name and app in this case."""
    for text in [one.handle for one in [*people, *reports]]:
        for word in tokens.words(text):
            if len(word) >= SHORTEST and word not in NO_USERNAME:
                yield USERNAME, {word}, HANDLES
    for text in [*(one.name for one in people), *(name for report in reports for name in _named_in(report))]:
        if len(name := set(tokens.words(text))) > 1:
            yield NAME, name, NAMES
    for report in reports:
        yield from ((APP, {word}, APPS) for word in tokens.words(report.platform) if len(word) >= SHORTEST)


def _named_in(report):
    """The one it is about, where that is a name and no more: "Zed Abbott (12)"."""
    who = report.who.partition("(")[0]
    yield from [who] if len(who.split()) in (2, 3) else []
    yield from (one.name for one in read(report.others))
