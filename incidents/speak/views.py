"""Tell us something: three pages that keep nothing until the last one is sent. And the answer, for whoever holds the six words."""

from django.core import signing
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.audit.events import hour_of, note, to_the_hour
from harmony.encryption.fields import load_keys
from harmony.look.words import by, day
from harmony.organisation.models import Organisation

from .. import access, lines
from ..kinds import DOORS_NAMED, Track
from ..models import Case
from ..models.from_outside import Sender
from ..promises import outside
from . import codes, forms, pace, receiving
from .door import open_to_strangers
from .models import Thread

SALT, OPEN_FOR = "harmony.speak", 2 * 60 * 60  # seconds in which a page that was opened by its words takes an answer
# where a conversation stands, in words for whoever began it (practice.md 2.4)
STANDS = {
    Case.Status.SUBMITTED: (_("We have it"), _("No one has read it yet.")),
    Case.Status.ACKNOWLEDGED: (_("Read"), _("One of us has read it.")),
    Case.Status.TRIAGED: (_("In hand"), _("We are working on it. We may not be able to tell you all of it.")),
    Case.Status.REDIRECTED: (
        _("Passed on"),
        _(
            "We think this is not about safety, so we passed it on. One more person looks at it. It was right to tell us."
        ),
    ),
    Case.Status.CLOSED: (_("Closed"), _("We have done what we could. If it is not over, write to us here.")),
}
ANSWERED = (_("Answered"), _("We wrote back. Our words are below."))


@open_to_strangers
def tell(request, who):
    """The limits of secrecy and whom it is about; then the words; then how to answer. What was typed travels in the page."""
    if who not in Sender.values:
        raise Http404
    posts = [post for post in request.POST.getlist("about") if post in (*receiving.POSTS, receiving.UNLISTED)]
    people = receiving.users_in(posts)
    request.kept_out = access.kept_out(people)
    pages = _pages(request, who)
    at = _page_to_show(request, pages)
    if at == len(pages):
        if receipt := _receive(request, who, pages):
            return _received(request, who, people, receipt)
        at = 1
    return _page(request, who, pages, at, people)


def _pages(request, who):
    named = Organisation.current().names_in_public
    data = request.POST if request.method == "POST" else None
    return [form(data, sender=who, with_names=named) for form in forms.PAGES]


def _page_to_show(request, pages):
    """Which page comes now: the one asked for, or the first before it with something wrong; len(pages) to send."""
    if request.method != "POST":
        return 0
    done = request.POST.get("page", "")
    done = min(int(done), len(pages) - 1) if done.isdecimal() and done.isascii() and len(done) == 1 else 0
    if "back" in request.POST:
        return max(0, done - 1)
    wrong = next((number for number in range(done + 1) if not pages[number].is_valid()), None)
    if wrong is not None:
        return wrong
    return done + 1 if request.sent_here or done + 1 < len(pages) else done


def _receive(request, who, pages):
    """None where nothing at all was said: a page says so, and keeps what there is."""
    said = {name: answer for form in pages for name, answer in form.cleaned_data.items()}
    door = said_door(request)
    if not any(said.get(name) for name in ("happened", "who", "safe", "name", "call_back")) and door in ("", "unsure"):
        pages[1].add_error("happened", _("Write a few words first. One is enough."))
        return None
    pace.sent.wait()
    told = {name: said[name] for name in receiving.TOLD if name in said}
    return receiving.receive(
        said["form_key"],
        sender=who,
        posts=said["about"],
        door=door,
        danger=forms.WordsForm.means[said.get("safe", "")],
        words=said.get("happened", ""),
        who=said.get("who", ""),
        **told,
    )


def said_door(request):
    """The door that they came through; "" for none, or one that is not ours."""
    door = request.POST.get("door", request.GET.get("door", ""))
    return door if door in DOORS_NAMED else ""


def _page(request, who, pages, at, people):
    elsewhere = request.method == "POST" and not request.sent_here
    shown = {
        "who": who,
        "form": pages[at] if request.POST.get("page") == str(at) or pages[at].errors else _unasked(request, who, at),
        "at": at,
        "number": at + 1,
        "pages": len(pages),
        "carried": _carried(request, pages, at),
        "elsewhere": elsewhere,
        "danger": request.POST.get("safe") in ("no", "unsure") or said_door(request) in ("self-harm", "harm"),
        "reads": receiving.promise(Track.WORKER if people else Track.CHILD, people),
        "outside": outside(),
    }
    return render(request, f"incidents/speak/{('about', 'words', 'answer')[at]}.html", shown)


def _unasked(request, who, at):
    """A page that nobody has sent yet, or to which Back led: filled in as far as it was, and complaining of nothing."""
    named = Organisation.current().names_in_public
    form = forms.PAGES[at](sender=who, with_names=named)
    for name in form.fields:
        if given := request.POST.getlist(name):
            form.initial[name] = given if name == "about" else given[-1]
    return form


def _carried(request, pages, at):
    """(name, answer) of what other pages asked, to travel on in this one."""
    own = set(pages[at].fields)
    others = [name for form in pages for name in form.fields if name not in own]
    found = [(name, answer) for name in others for answer in request.POST.getlist(name)]
    door = said_door(request)
    return [*found, *([("door", door)] if door else [])]


def _received(request, who, people, receipt):
    shown = {
        "who": who,
        "words": receipt.words,
        "danger": receipt.report.is_dangerous or receipt.report.says_hurt,
        "reads": receiving.promise(receipt.report.track, people, case=receipt.report.case),
        "outside": outside(),
    }
    return render(request, "incidents/speak/received.html", shown)


@open_to_strangers
def answer(request):
    """The way back in. Whatever is wrong with the words, it is one page, after one look and one second."""
    if request.method == "POST" and "thread" in request.POST:
        return _go_on(request)
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if request.sent_here and form.is_valid():
        if thread := Thread.objects.opened_by(codes.typed(form.cleaned_data["code"])):
            return _conversation(request, thread)
        pace.wrong_codes.wait()
        form.add_error("code", _("We can’t find that code. Check the words and their order."))
    return _ask_for_code(request, form)


def _ask_for_code(request, form, typed=""):
    return render(request, "incidents/speak/code.html", {"form": form, "typed": typed})


def _go_on(request):
    """A page that was opened by its words, with something to send; after two hours the words are asked again."""
    try:
        key = signing.loads(request.POST["thread"], salt=SALT, max_age=OPEN_FOR)
        thread = Thread.objects.passed(key)
    except signing.BadSignature:
        thread = None
    if not thread:
        typed = request.POST.get("words", "")
        return _ask_for_code(request, forms.CodeForm(), typed)
    message = forms.MessageForm(request.POST) if "write" in request.POST else None
    not_happy = forms.NotHappyForm(request.POST) if "ask" in request.POST else None
    if message and request.sent_here and message.is_valid():
        pace.sent.wait()
        if message.take(lambda words, by: receiving.write(thread, words), by=access.SENDER):
            message = None
    if not_happy and request.sent_here and not_happy.is_valid():
        pace.sent.wait()
        if not_happy.take(lambda not_happy, by: receiving.ask_above(thread, not_happy), by=access.SENDER):
            not_happy = None
    return _conversation(request, thread, message, not_happy)


def _conversation(request, thread, message=None, not_happy=None):
    """All of it, oldest first: their words, our answers, what was asked of somebody above."""
    report = thread.report
    report.refresh_from_db()
    receiving.come_back(thread)
    request.kept_out = access.kept_out(report.about)
    said = _messages(report)
    with to_the_hour():
        note("read", by=access.SENDER, about=report, at=hour_of(now()))
    is_answered = report.case.status != Case.Status.CLOSED and any(not mine for _at, mine, *_more in said)
    looks = list(report.looks.all())
    shown = {
        "thread": signing.dumps(str(thread.pk), salt=SALT),
        "stands": ANSWERED if is_answered else STANDS[report.case.status],
        "messages_shown": [(mine, words, who) for _at, mine, words, who in said],
        "message": message or forms.MessageForm(initial={"words": request.POST.get("typed", "")}),
        "form": message or not_happy,
        "not_happy": not_happy or forms.NotHappyForm(),
        "may_ask": bool(lines.next_above(report.case, None)) and not any(not one.answered_at for one in looks),
        "waits": next((by(one.due_at) for one in looks if not one.answered_at), ""),
        "case_is_closed": report.case.status == Case.Status.CLOSED,
    }
    return render(request, "incidents/speak/conversation.html", shown)


def _messages(report):
    """(when, whether it is theirs, words, who and when). Of us, first names alone; of times, the day."""
    addenda, replies = list(report.addenda.all()), list(report.replies.select_related("author"))
    looks = list(report.looks.select_related("answered_by"))
    load_keys([report, *addenda, *replies, *looks])
    first = report.childs_words or report.facts
    said = [(report.filed_at, True, first, _who(None, report.filed_at))] if first else []
    said += [(one.added_at, True, one.words, _who(None, one.added_at)) for one in addenda]
    said += [(one.told_at, False, _with_its_day(one), _who(one.author, one.told_at)) for one in replies]
    said += [(one.asked_at, True, one.words, _who(None, one.asked_at)) for one in looks]
    said += [
        (one.answered_at, False, one.answer, _who(one.answered_by, one.answered_at)) for one in looks if one.answer
    ]
    return sorted(said, key=lambda one: one[0])


def _with_its_day(reply):
    more = _("We write to you again by %(day)s.") % {"day": day(reply.more_on)} if reply.more_on else ""
    return "\n\n".join(filter(None, [reply.words, more]))


def _who(user, at):
    name = user.name.split()[0] if user else _("You")
    return f"{name}, {day(at)}"
