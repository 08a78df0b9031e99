"""Components of the design system. Loaded everywhere: no template needs `{% load look %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.look import words
from harmony.look.icons import ICONS

register = template.Library()
register.filter("clock_time", words.clock_time)
register.filter("day", words.day)
register.filter("hour", words.hour)
register.filter("by", words.by)
register.filter("initials", words.initials)

TONES = {"teal", "red", "critical", "amber", "green", "indigo", "plum", "plain"}
LEVELS = {
    "critical": ("critical", _("Critical"), "alert"),
    "high": ("red", _("High"), "up"),
    "medium": ("amber", _("Medium"), "clock"),
    "low": ("plain", _("Low"), "check"),
}
UNASSESSED = ("plain", _("Not assessed"), "")


register.simple_tag(now, name="time_now")


@register.filter
def few_numbers(page):
    """The numbers of the pages next to this one, the first and the last; None where some are left out."""
    found = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in found]


@register.simple_tag
def icon(name):
    """An icon beside words: {% icon "clock" %}. Hidden from screen readers, which read the words."""
    svg = '<svg class="hm-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">' + ICONS[name] + "</svg>"
    return mark_safe(svg)


@register.simple_tag
def pill(tone, text, icon=""):
    """A status in a word: {% pill "red" "Late" icon="alert" %}."""
    if tone not in TONES:
        raise ValueError(f"No tone {tone!r}: one of {sorted(TONES)}")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}{}</strong>', tone, _icon(icon), text)


def matrix_cell(tone, word, icon="", below=""):
    """One cell of components/matrix.html: drawn in code, for a page has thousands of them. No tone: a word that calls nobody."""
    if not tone:
        return format_html('<td><span class="hm-muted">{}</span></td>', word)
    return framed(pill(tone, word, icon), below)


def framed(drawn, below):
    """Such a cell around a pill that is drawn already: most of a page are the same few."""
    return format_html('<td>{}<span class="d">{}</span></td>', drawn, below)


@register.simple_tag
def level(code):
    """Critical, High, Medium, Low, or Not assessed: {% level case.severity %}."""
    return pill(*LEVELS.get(code, UNASSESSED))


@register.filter
def when(moment):
    """A moment as <time>: {{ entry.recorded_at|when }}."""
    if not moment:
        return ""
    text = words.clock_time(moment) if hasattr(moment, "hour") else words.day(moment)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)


@register.filter
def tel(number):
    """A phone number to tap: {{ contact.phone|tel }}."""
    digits = "".join(sign for sign in str(number) if sign in "+0123456789")
    return format_html('<a class="govuk-link" href="tel:{}">{}</a>', digits, number) if digits else ""


@register.simple_block_tag
def card(content, title, tone="", level=2, id=""):
    """A card with a heading: {% card "My reports" tone="amber" %}…{% endcard %}."""
    id = id or f"card-{slugify(title)}"
    return format_html(
        '<section class="hm-card{}" aria-labelledby="{}"><h{} class="govuk-heading-m" id="{}">{}</h{}>{}</section>',
        f" hm-card--{tone}" if tone else "",
        id,
        level,
        id,
        title,
        level,
        content,
    )


@register.simple_block_tag
def callout(content, tone="teal", icon="info"):
    """Something to notice: {% callout "amber" icon="phone" %}<p>…</p>{% endcallout %}."""
    return format_html('<div class="hm-callout hm-callout--{}">{}<div>{}</div></div>', tone, _icon(icon), content)


def _icon(name):
    return icon(name) if name else ""
