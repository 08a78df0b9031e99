"""Every field of a case's records stands on its pages, on its page to print and in its PDF, or says here why it does not."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import models
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.documents import kinds, making
from harmony.documents.models import Export
from harmony.look.words import clock_time, day
from harmony.people.models import OnCall
from incidents.models import (
    Action,
    Addendum,
    Case,
    CaseGrant,
    CasePerson,
    CaseStep,
    ChronologyEntry,
    NotNeeded,
    Recusal,
    Reply,
    Report,
    SecondLook,
)
from incidents.named import Named, written

from .planning import LASTS, end, reviewed_for_good

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]

# fields of which nothing is shown, and why
NOT_WORDS = "how the database holds together: a key, a root, a token of a form"
A_CLOCK = "the page shows the next clock; the paper has the time"
SILENT = {
    "Report.form_key": NOT_WORDS,
    "Report.status": "a case has no report that is not sent",
    "Report.sender": "who wrote from outside: one of ours did here (tests/speak)",
    "Report.saved_at": "when a draft was last saved: before it was sent",
    "Case.second_look": "past whoever works the case (N5); whoever was asked stands among those who see it",
    "Case.rises_at": "from when on the list shows it higher: it follows from when it was reported",
    "Case.quiet_due": "follows from its last entry: once it is past, each page of the case says since when nobody has written",
    "Case.reviews_from": "what the next review is counted from: the review's time is shown",
    "Case.destroyed_at": "of a case that was destroyed there is no page: its certificate says when (harmony/retention)",
    "Case.imagery": "the Files tab says that no file is taken, and why",
    **dict.fromkeys(
        (f"Recusal.{name}" for name in ("asked_at", "asked_by", "asked_why", "lifted_at", "lifted_by")),
        "who asked to let somebody in again is on that page, and in the book; not on paper, as why they are kept out is not",
    ),
    **dict.fromkeys(
        ("NotNeeded.said_at", "NotNeeded.said_by"), "the whole plan stands in the chronology, by whom and when"
    ),
    "CaseStep.playbook": "its title is shown",
    "CaseStep.position": "the order in which they stand",
    "Case.lower_why": "stands in the chronology, in the entry that asked for it",
    "CaseGrant.permission": "there is one: to read",
    "Report.rule": "only where a clause of the code was cited (tests/organisation/test_contact.py)",
    "CaseGrant.advises": "said only of an adviser (test_advisers.py)",
    "CaseGrant.opened_at": "when the case was filed, for the order of lists",
}
# columns of the case that stand on the paper to the minute; its pages show the next of them
ON_PAPER_ONLY = {
    *(
        f"Case.{name}_due"
        for name in ("acknowledge", "triage", "contact", "tell", "promise", "plan", "review", "quiet")
    ),
    *("Case.told_at", "Case.reviewed_at", "Case.added_at", "Case.contacted_at", "Case.lower_asked_at"),
    *("Case.raised_to", "Case.escalated_to", "Case.pressing"),
}
# papers leave the house: who told it, and where they are reached, stands in the case alone
NOT_ON_PAPER = {"Report.teller", "Report.teller_reach"}
# what is shown in other words than its value's own
IN_WORDS = {
    "Report.about_us": "The person the concern is about",
    "Report.named": "Leah Osei",
    "Report.others": "quiet_falcon88 (13): May have caused it",
    "Report.settings": "At one of our sessions or places",
    "Report.doors": "Bullying, hate, or left out on purpose",
    "Report.happened_time": "4:30pm",
    "Case.secondary": "Also: Self-harm or suicide; Gifts or secrets",
    "Case.track": "About one of us",
    "Case.pressing": "Yes, or the reporter was not sure",
    "Case.refer": "Refer it outside",
    "Case.lower_to": "Medium",
    "Case.hate": "Hate or discrimination: Yes",
    "Case.hate_grounds": "Faith or belief",
    "ChronologyEntry.significant": "Key event",
    "ChronologyEntry.answered": "They were reached.",
    "Reply.asks": "They were asked to answer.",
}
RECORDS = (
    Report,
    Addendum,
    Reply,
    Case,
    ChronologyEntry,
    CasePerson,
    CaseStep,
    Action,
    NotNeeded,
    SecondLook,
    Recusal,
    CaseGrant,
)


@pytest.fixture
def told(report, person, amara, ruth, leah, sam, sol):
    """A case in which every question is answered and every step taken, worked by Ruth; it is about Leah."""
    at = now() - timedelta(days=20)
    hana = person("Hana Sato", kind="volunteer")
    with event("set up", by="the tests"):
        OnCall.objects.create(user=ruth, phone="01632 960 101", starts_at=at, ends_at=at + timedelta(days=9))
    words = {"who": "Zed A (12), with a scar"}
    words |= {
        name: f"words of {name}" for name in ("told_999", "told_999_number", "facts", "childs_words", "view", "place")
    }
    words |= {name: f"words of {name}" for name in ("platform", "handle", "asked", "told_whom")}
    words |= {f"teller{name}": f"words of teller{name}" for name in ("_is", "_words")}
    words |= {"teller": "Aunt Bea", "teller_reach": "after six, at the shop"}
    codes = {"danger": "unsure", "how_known": "heard", "child_knows": "unsure", "is_going_on": "unsure"}
    codes |= {"network": "other", "worry": "bit", "meeting": "unsure", "images": "unsure"}
    filed = report(
        about=leah,
        at=at,
        others=written([Named("quiet_falcon88", "13", "caused")]),
        happened_on=date(2026, 3, 3),
        happened_time=time(16, 30),
        settings="ours",
        doors="bullying",
        told_at=at - timedelta(days=3),
        teller_at=at - timedelta(days=2, minutes=7),
        told_999_at=at - timedelta(days=4),
        started_at=at - timedelta(minutes=17),
        **words | codes,
    )
    case = filed.case
    case.acknowledge(by=ruth, at=at + timedelta(hours=1))
    weighed = {"severity": "high", "kind": "CT-GROOM", "rationale": "why this level", "parents": "later"}
    weighed |= {"parents_reason": "why parents later", "refer": True, "refer_reason": "why we refer"}
    weighed |= {"secondary": "CT-GROOM SHM AD-GIFTS", "caused_by": "worker"}
    case.triage(**weighed, by=ruth, at=at + timedelta(hours=2))
    filed.add("more from Sam", by=sam, at=at + timedelta(days=1))
    case.write("contact", "rang the council", at + timedelta(days=1), True, by=ruth, at=at + timedelta(days=1, hours=5))
    entry = case.entries.get(kind="contact")
    whom = {"with_whom": "Zed’s aunt", "how": "phone", "answered": True, "seen": "spoken", "how_they_were": "tired"}
    next_on = localdate() + timedelta(days=9)
    case.log_contact("welfare", words="she rang", happened_at=at + timedelta(days=2), next_on=next_on, **whom, by=ruth)
    case.write("child", "she said it again", at + timedelta(days=2), adds_to=entry, by=ruth)
    known = {"name": "Zed Amos", "handle": "zed_2014", "age": "twelve", "notes": "likes glue guns"}
    known |= {"grown": "child", "role": "paper round", "plan": "need", "reach": "never before school"}
    known |= {"not_to_tell": "the new address, to his aunt", "collects": "his nan alone"}
    case.say_hate("yes", "race faith", "he heard the words", by=ruth, at=at + timedelta(days=3))
    case.add_person(part="affected", young_person=None, by=ruth, at=at + timedelta(days=3), **known)
    case.give("ask for the log", hana, localdate() + timedelta(days=4), "affected", by=ruth)
    for action in case.actions.filter(owner=ruth):  # to look again
        action.finish("she is well", by=ruth)
    case.actions.get(owner=hana).finish("it was sent", by=ruth, at=at + timedelta(days=4))
    for step in case.steps.all():
        case.answer_step(step, "done", "she agreed to it", by=ruth, at=at + timedelta(days=4))
    for lens in ("ours", "bystander"):
        case.say_not_needed(lens, "why nothing is needed", by=ruth, at=at + timedelta(days=4))
    case.agree_plan(by=ruth, at=at + timedelta(days=4, hours=1))
    more = {"more_on": date(2026, 12, 24)}
    case.tell_reporter("we have it in hand", asks=True, **more, by=ruth, at=at + timedelta(days=5))
    filed.add("nobody else was there", answers=filed.replies.get(), by=sam, at=at + timedelta(days=5, hours=1))
    filed.ask_for_support(by=sam, at=at + timedelta(days=5, hours=2))
    case.tell_reporter("Gwen rings you", says_who_talks=True, **more, by=ruth, at=at + timedelta(days=5, hours=3))
    case.review("nothing new came", by=ruth, at=at + timedelta(days=10))
    case.share(hana, by=ruth, why="her key worker")
    case.ask_to_lower("medium", by=ruth, at=at + timedelta(days=7), why="it has been quiet")
    return case


@pytest.fixture
def looked_again(told, sam, gwen):
    """Sam is not happy, and Gwen answers. Ruth, who works it, reads neither."""
    filed = told.reports.get()
    filed.ask_above("nobody listens", by=sam)
    filed.looks.get().reply("I have read it all", by=gwen)
    return told


def words_of(text):
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"<br ?/?>", "\n", text)).replace("&#x27;", "'"))


def pages(client, case):
    names = ("case", "chronology", "plan", "case_steps", "actions", "people", "sharing", "access_log", "tell", "level")
    return words_of(
        " ".join(client.get(reverse(f"incidents:{name}", args=[case.pk])).content.decode() for name in names)
    )


def printed(client, case):
    return words_of(
        client.post(reverse("incidents:print_case", args=[case.pk]), {"purpose": "Strategy"}).content.decode()
    )


def paper(case, user):
    """What the PDF says, before it is set in pages."""
    kind = kinds.get("chronology")
    export = Export(kind=kind.code, about=case.pk, requested_by=user, purpose="police", purpose_words="Strategy")
    export.root = case.root
    return words_of(making.sheet(export, kind, kind.gather(case, export, now()), None, now()))


def said(record, field):
    """How a value stands on a page: a choice by its label, a moment by the clock, somebody by name."""
    name = f"{type(record).__name__}.{field.name}"
    if name in IN_WORDS:
        return IN_WORDS[name]
    value = getattr(record, field.name)
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(field, models.ForeignKey):
        return getattr(value, "name", "")
    if isinstance(field, models.DateTimeField):
        return clock_time(value) if value else ""
    if value is None:
        return ""
    return day(value) if isinstance(field, models.DateField) else str(value)


def fields():
    for model in RECORDS:
        for field in model._meta.concrete_fields:
            joins = field.name in ("id", "root") or (field.related_model and field.related_model in RECORDS)
            if not joins:
                yield model, field


def one_of(model, case, field=""):
    through = {Report: "case", Addendum: "report__case", Reply: "report__case", SecondLook: "report__case"}
    if model is Case:
        return Case.objects.get(pk=case.pk)
    through |= {CaseGrant: "content_object"}
    found = model.objects.filter(**{through.get(model, "case"): case})
    of_a_check = ("with_whom", "how", "answered", "seen", "how_they_were", "next_on")
    kind = "review" if field == "due_at" else "welfare" if field in of_a_check else "contact"
    if model is Action:
        found = found.exclude(lens="")  # of the plan; the others are of a contact that is tried again
    return found.filter(kind=kind).get() if model is ChronologyEntry else found.order_by("pk").first()


def test_every_field_stands_on_the_pages_and_on_both_papers(told, sign_in, ruth):
    client = sign_in(ruth)
    shown = {"pages": pages(client, told), "print": printed(client, told), "PDF": paper(told, ruth)}
    missing = []
    for model, field in fields():
        name = f"{model.__name__}.{field.name}"
        record = one_of(model, told, field.name)
        if model is SecondLook or name in SILENT:
            continue
        words = said(record, field)
        where = {"PDF": shown["PDF"]} if name in ON_PAPER_ONLY else shown
        if name in NOT_ON_PAPER:
            where = {"pages": shown["pages"]}
            assert words not in shown["print"] and words not in shown["PDF"]
        missing += [(name, words, place) for place, text in where.items() if words and words not in text]
    assert not missing, "\n".join(map(str, missing))


def test_nothing_is_left_untried_but_what_says_why(told):
    """A field that this case leaves empty would be passed over above."""
    closing = {"Case.closed_at", "Case.closed_by", "Case.outcome", "Case.closing_reason", "Case.raised_to"}
    closing |= {f"Case.{name}" for name in (*LASTS, "tested_at", "tested_by", "advice")}
    closing |= {
        f"Case.{name}" for name in ("charity", "charity_why", "charity_at", "charity_by", "police_outcome", "early_why")
    }
    closing |= {f"Case.close_{name}" for name in ("as", "why", "asked_at", "asked_by", "agreed_by")}
    closing |= {
        "Case.escalated_to",
        "Case.recheck_due",
        "Case.look_late_to",
        "CasePerson.young_person",
        "CasePerson.lives_in",
        "CasePerson.works_in",
        "ChronologyEntry.adds_to",
    }
    empty = {
        f"{model.__name__}.{field.name}"
        for model, field in fields()
        if model is not SecondLook and not said(one_of(model, told, field.name), field)
    }
    assert empty - set(SILENT) <= closing
    assert set(SILENT) <= {f"{model.__name__}.{field.name}" for model, field in fields()}


def test_its_end_stands_there_too(told, sign_in, ruth, amara):
    told.decline(by=ruth, why="not yet")
    over_at = reviewed_for_good(told, by=ruth)
    end(told, "safe", "it has stopped", by=ruth, at=over_at)
    client = sign_in(ruth)
    for text in (pages(client, told), printed(client, told), paper(told, ruth)):
        assert told.get_outcome_display() in text and "it has stopped" in text and clock_time(told.closed_at) in text
        for said in ("Police: They had no part in it", "Amara Okafor agreed", "Nothing serious enough happened."):
            assert said in text
        assert not [words for words in LASTS.values() if isinstance(words, str) and words not in text]


def test_a_second_look_is_for_whoever_was_asked(looked_again, sign_in, gwen, ruth):
    look = SecondLook.objects.get()
    for text in (printed(sign_in(gwen), looked_again), paper(looked_again, gwen)):
        for model, field in fields():
            if model is SecondLook:
                assert said(look, field).lower() in text.lower(), field.name
    for text in (printed(sign_in(ruth), looked_again), paper(looked_again, ruth)):
        assert "nobody listens" not in text and "I have read it all" not in text


def test_whom_it_is_about_stands_where_the_case_is_worked(told, sign_in, ruth, leah):
    client = sign_in(ruth)
    for name in ("case", "people"):
        text = words_of(client.get(reverse(f"incidents:{name}", args=[told.pk])).content.decode())
        assert "The person the concern is about" in text and "Leah Osei, staff" in text
    for text in (printed(client, told), paper(told, ruth)):
        assert "The person the concern is about" in text and "Leah Osei, staff" in text


def test_somebody_who_is_not_on_the_list_stands_there_too(sign_in, sam, ruth):
    draft = Report(author=sam, form_key=uuid4(), danger="no", about_us=True, named="unlisted", who="Zed", facts="Seen")
    draft.save()
    draft.file(by=sam)
    case = draft.case
    client = sign_in(ruth)
    for name in ("case", "people"):
        text = words_of(client.get(reverse(f"incidents:{name}", args=[case.pk])).content.decode())
        assert "Somebody who is not on the list of our people" in text
    for text in (printed(client, case), paper(case, ruth)):
        assert "Somebody who is not on the list of our people" in text


def test_no_list_and_no_title_names_them(told, sign_in, ruth):
    client = sign_in(ruth)
    for page in (reverse("incidents:cases"), reverse("home:front"), reverse("notifications:inbox")):
        assert "Leah Osei" not in client.get(page).content.decode().split("hm-footer")[0]
    title = re.search(r"<title>(.*?)</title>", client.get(told.get_absolute_url()).content.decode(), re.DOTALL)[1]
    assert "Leah" not in title


def test_to_whom_it_is_about_and_to_strangers_there_is_nothing(told, sign_in, leah, tom):
    for user in (leah, tom):
        for name in ("case", "people", "print_case"):
            assert sign_in(user).get(reverse(f"incidents:{name}", args=[told.pk])).status_code == 404


def test_the_paper_says_nothing_of_files(told, ruth):
    assert "No file is attached" not in paper(told, ruth)
