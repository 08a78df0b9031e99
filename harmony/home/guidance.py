"""Law and guidance, as those see it who keep it: who cites each source, and whether its page is still what it was (S3, S6)."""

import logging
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from django.core.checks import Error, register
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.between import Citation, Line, Rule
from harmony.organisation import looking_up
from harmony.organisation.access import LINK_CHECKER
from harmony.organisation.models import Edition, GuidanceSource
from harmony.organisation.national import GUIDANCE

from .commitments import COMMITMENTS

log = logging.getLogger(__name__)
AT_ONCE = 8  # pages that are asked for at the same time
OUR_RULES = [Rule("R33", _("Each account that reaches young people is held by two of us, and is none of their own."), ("nspcc-online", "S20"))]  # fmt: skip


@between.rules.offer
def rules():
    return OUR_RULES


@between.citations.offer
def cited_by_rules(sources, user):
    by_code = {source.code: source for source in sources if source.code}
    for rule in between.rules():
        for code in rule.rests_on:
            if code in by_code:
                yield by_code[code], Citation(f"{rule.code}: {rule.says}")


def cited(sources, user):
    """{source: what rests on it, as far as this person may see it}"""
    found = defaultdict(list)
    for source, citation in between.citations(sources, user):
        found[source].append(citation)
    for citations in found.values():
        citations.sort(key=lambda citation: not citation.url)  # what somebody can look at again comes first
    return found


@between.facts.offer
def facts(since, until):
    page, span = reverse("home:guidance"), (since, until)
    replaced = Edition.objects.replaced_within(*span).count()
    yield Line(_("New editions of guidance that we follow"), replaced, page)
    checked = GuidanceSource.objects.filter(checked_on__range=span).count()
    yield Line(_("Sources of guidance looked up"), checked, page)
    yield Line(_("Sources that have to be looked up again"), GuidanceSource.objects.lapsed(until).count(), page)


@register()
def each_rule_has_a_source(app_configs=None, rules=None, **kwargs):
    """No rule is kept here of which nobody can say where it comes from (S3)."""
    known = {source["code"] for source in GUIDANCE} | {one.code for one in COMMITMENTS}
    for rule in between.rules() if rules is None else rules:
        wrong = sorted(set(rule.rests_on) - known)
        if not rule.rests_on:
            yield Error(f"Rule {rule.code} rests on nothing.", hint="Name a source or a promise.", id="home.E001")
        elif wrong:
            yield Error(f"Rule {rule.code} rests on {', '.join(wrong)}, which nobody knows.", id="home.E002")


def look_up(at, look=looking_up.look):
    """Open the page of every source, and write down what stands there. No row is held meanwhile.

    Where no page at all answers it is our own line that is down: nothing is written then.
    """
    sources = list(GuidanceSource.objects.exclude(url=""))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda source: look(source.url), sources))
        silent = [n for n, said in enumerate(found) if said == looking_up.NO_ANSWER]
        for n, said in zip(silent, pool.map(lambda n: look(sources[n].url), silent), strict=True):
            found[n] = said  # everybody is away for a moment now and then
    if sources and set(found) == {looking_up.NO_ANSWER}:
        log.warning("No page of guidance answers: this machine may have no way out")
        return
    for source, said in zip(sources, found, strict=True):
        source.look(source.url, said, by=LINK_CHECKER, at=at)
