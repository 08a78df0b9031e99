"""Pages that no link of the demo leads to, because what they are about is rare: made here, through the same steps.

`byways(cast)` yields (role, address); `NO_PAGE` names the addresses behind which there is nothing to look at, with why.
"""

from uuid import uuid4

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.tokens import default_token_generator
from django.core.management import call_command
from django.urls import URLPattern, get_resolver, reverse
from django.utils.timezone import localdate, now

from consent.models import FamilyLink, NeverShown, Use
from harmony.audit.events import event
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.files.taking import Taken
from harmony.home.models import LostDevice
from harmony.notifications.models import Delivery, Notice
from harmony.people.inviting import invite_again
from harmony.people.models import Group, Relationship, User, YoungPerson
from incidents.ladders import A_DAY
from incidents.models import Case, CaseFile, CaseStep, Meeting, Referral, Report, Transfer
from incidents.models.people import CasePerson
from incidents.reminders import STILL_UNSENT
from platforms.models import Assessment, Control, Platform, SecurityReview
from training.models import Agreed, AgreementLink, DbsCheck, Evidence, Exemption, Induction

from .retention.byways import of_records

CONCERN = ("allegation", "screen", "consult", "meanwhile", "support", "conclude", "dbs")
PRESSED = "a button leads there, and it leads on"
NO_PAGE = {
    **dict.fromkeys(
        (
            *(
                "documents:delete",
                "home:check_contact",
                "home:check_council",
                "home:check_guidance",
                "home:remove_closure",
            ),
            *("home:decide_access", "home:sign_access_review"),
            *("home:send_again", "home:send_all_again", "home:set_aside", "home:test_message"),
            *(
                "incidents:acknowledge",
                "incidents:agree",
                "incidents:agree_plan",
                "incidents:agree_to_close",
                "incidents:read_additions",
            ),
            "incidents:open_name",
            *("incidents:report_send", "incidents:take_on", "incidents:unshare", "notifications:read"),
            *("incidents:say_of_name", "incidents:ask_for_support"),
            *("incidents:destroy", "incidents:lock_away"),
            *(
                "notifications:read_all",
                "people:away_now",
                "people:back",
                "people:end_relationship",
                "people:remove_slot",
            ),
            *("people:send_again", "people:unlink_carer"),
        ),
        PRESSED,
    ),
    "account_signup": "closed: people come by invitation",
    "documents:download": "a file",
    "incidents:download": "a file",
    "training:evidence": "a file",
    "consent:export_permission": "a file",
    **dict.fromkeys(("policies:export", "policies:public_file"), "a file"),
    "home:start": "it leads on at once",
    "home:live": "for machines",
    "home:ready": "for machines",
    "home:stylesheet": "a file",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "asked by the passkey's script",
    "people:session": "asked by the page's script",
    # tests/people/test_browser_sign_in.py looks at these two
    "mfa_authenticate": "half-way through signing in",
    "mfa_reauthenticate_webauthn": "needs a passkey of a real device",
}


def names(resolver=None, space=""):
    """The name of every address of the site map."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            yield space + (part.name or str(part.pattern))
        else:
            yield from names(part, space + (f"{part.namespace}:" if part.namespace else ""))


def byways(cast):
    yield from _of_reports(cast["jamie"])
    yield from _of_cases(cast["amara"], cast["jamie"])
    yield from _of_documents(cast["amara"])
    yield from _of_people(cast)
    yield from _of_pictures(cast["noor"])
    yield "DSO", reverse("policies:first")
    yield from _of_platforms()
    yield from _of_training(cast["jamie"])
    yield from _of_agreements(cast["amara"])
    yield from _of_messages(cast["amara"])
    yield from _of_accounts(cast["amara"], cast["jamie"])
    yield from of_records(cast["tom"], cast["amara"])


def _of_platforms():
    """One in each state: what can be done with it differs, and of a list the first few are opened."""
    for status, name in (("proposed", "assess"), ("approved", "go_live"), ("review", "pause")):
        found = Platform.objects.filter(status=status, is_paused=False).first()
        yield "DSO", reverse(f"platforms:{name}", args=[found.pk])
    sent, asked = (Assessment.objects.get(status=status) for status in ("sent", "asked"))
    yield from (("lead", reverse(f"platforms:{name}", args=[sent.pk])) for name in ("approve", "refuse", "send_back"))
    yield "DSO", reverse("platforms:take_on", args=[asked.pk])
    light = SecurityReview.objects.open().get(kind="light")
    yield "lead", reverse("platforms:sign", args=[light.pk])
    yield "IT", reverse("platforms:begin_security")  # both kinds are under way, so no link leads there
    control = Control.objects.open().in_force().first()
    yield from (
        ("office", reverse(f"platforms:{name}", args=[control.pk])) for name in ("control_done", "give_control")
    )


def _of_pictures(noor):
    """A sheet to take along; why somebody is never shown; a link of a parent that waits, and one that was signed by."""
    yield "consent", reverse("consent:event_sheet", args=[Group.objects.visible_to(noor).first().pk])
    yield "DSO", reverse("consent:unflag", args=[NeverShown.objects.standing().get().young_person_id])
    (waiting, to_sign), (signed, token) = (
        FamilyLink.make(one, side, by=noor)
        for one, side in zip(YoungPerson.objects.here()[:2], ("parent", "young"), strict=True)
    )
    signed.sign(dict.fromkeys(Use.objects.open(), "yes"), who="Somebody", by="holder of link")
    yield "stranger", reverse("consent:sign", args=[to_sign])
    yield "stranger", reverse("consent:family", args=[token])
    yield "consent", reverse("consent:end_link", args=[waiting.pk])


def _of_reports(jamie):
    for step, answers in {"call_999": {"danger": "yes"}, "which_of_us": {"danger": "no", "about_us": True}}.items():
        draft = Report.begin(jamie, uuid4(), **answers)
        yield "staff", reverse(f"incidents:report_{step}", args=[draft.pk])
    for_somebody = Report.begin(jamie, uuid4(), danger="no", how_known="heard")
    yield "staff", reverse("incidents:report_teller", args=[for_somebody.pk])
    sent = Report.objects.filter(author=jamie).filed().first()
    yield "staff", reverse("incidents:report_sent", args=[sent.pk])
    sent.ask_above("Nobody has told me whether she is safe.", by=jamie)
    yield "lead", reverse("incidents:second_look", args=[sent.looks.get().pk])
    yield "staff", reverse("incidents:look_again", args=[sent.pk])
    yield "staff", reverse("incidents:add_to_report", args=[sent.pk])
    sent.case.tell_reporter("Who else was there?", asks=True, by=sent.case.owner or User.objects.holding("dso").get())
    yield "staff", reverse("incidents:answer_question", args=[sent.pk, sent.replies.last().pk])
    danger = Report.begin(jamie, uuid4(), danger="yes")  # not said yet whether it is about one of us
    for unsent in (draft, danger):
        due = unsent.started_at + A_DAY
        [notice] = STILL_UNSENT.climb(unsent, started=unsent.started_at, due=due, at=due)
        yield "lead", reverse("incidents:unsent", args=[notice.pk])


def _seen(amara):
    return Case.objects.visible_to(amara)


def _of_cases(amara, jamie):
    case = _seen(amara).filter(status="triaged", severity="high").first()
    case.ask_to_lower("medium", by=amara, why="It has been quiet for weeks.")
    case.give("Ring home", amara, localdate(), by=amara)
    action, person = case.actions.open().first(), CasePerson.objects.filter(case__in=_seen(amara)).first()
    yield "DSO", case.get_absolute_url()
    yield "DSO", reverse("incidents:keep_level", args=[case.pk])
    yield from (("DSO", reverse(f"incidents:{name}", args=[case.pk])) for name in ("close", "keep_open", "charity"))
    yield "DSO", reverse("incidents:advice_only", args=[case.pk])
    passed_on = _seen(amara).filter(status="redirected").exclude(close_asked_by=amara).first()
    yield from (("DSO", reverse(f"incidents:{name}", args=[passed_on.pk])) for name in ("passed_on", "bring_back"))
    yield "DSO", reverse("incidents:not_needed", args=[case.pk, "ours"])
    yield from (("DSO", reverse(f"incidents:{name}", args=[case.pk, action.pk])) for name in ("finish", "waive"))
    step = CaseStep.objects.open().filter(case__in=_seen(amara).filter(status="triaged")).first()
    yield from (
        ("DSO", reverse("incidents:case_steps", args=[step.case_id])),
        ("DSO", reverse("incidents:case_step", args=[step.case_id, step.pk])),
    )
    taken = Case.objects.visible_to(amara).filter(imagery=False, track="child").exclude(pk=case.pk).first()
    gated = _seen(amara).filter(imagery=True, track="child").first()
    yield from (("DSO", reverse("incidents:add_file", args=[one.pk])) for one in (taken, gated))
    yield from _of_files(taken, amara)
    yield "DSO", reverse("incidents:change_person", args=[person.case_id, person.pk])
    kept_out = User.objects.active().filter(appointments=None).first()
    case.recuse(kept_out, by=amara, why="It was another one of that name.")
    yield "DSO", reverse("incidents:let_in", args=[case.pk, kept_out.pk])
    case.ask_to_let_in(kept_out, by=amara, why="The wrong name was chosen from the list.")
    yield "DSO", reverse("incidents:let_in", args=[case.pk, kept_out.pk])
    chair = User.objects.holding("chair").first()
    case.open_in_emergency(by=chair, why="A child is on the roof and nobody answers.")
    yield from (("chair", one.get_absolute_url()) for one in case.emergencies.filter(user=chair))
    yield from _of_duties(amara, jamie)
    yield from _of_an_adviser(amara)
    concern = _seen(amara).filter(allegation__status="contacted").first()
    yield from (("DSO", reverse(f"incidents:{name}", args=[concern.pk])) for name in CONCERN)
    yield from _outside(case, amara)
    yield "DSO", reverse("incidents:ask_voice", args=[person.case_id, person.pk])


def _of_an_adviser(amara):
    """Nobody of its line is left but who has it: the page to ask somebody in, and what they then are asked."""
    case = _seen(amara).filter(status="triaged", severity__in=("high", "critical"), owner=amara).last()
    for user in case.line().exclude(pk=amara.pk):
        case.recuse(user, by=amara, why="A close friend of the family.")
    yield "DSO", reverse("incidents:ask_in", args=[case.pk])
    case.ask_to_lower("medium", by=amara, why="It has been quiet for weeks.")
    yield "DSO", reverse("incidents:level", args=[case.pk])
    adviser = User.objects.get(email__startswith="jamie")
    case.ask_in(adviser, by=amara, why="She leads safeguarding at the parish next door.")
    yield "staff", case.get_absolute_url()
    yield "staff", reverse("incidents:level", args=[case.pk])
    yield "DSO", reverse("incidents:sharing", args=[case.pk])


def _outside(case, amara):
    """A referral that was just considered and a meeting to come, with each of their steps."""
    referral, meeting = Referral(case=case), Meeting(case=case)
    referral.consider("children", None, why="It goes on at home.", informed="parents", by=amara)
    meeting.invite("core", now() + A_DAY, "", "", "Amara", None, by=amara)
    transfer = Transfer(case=case)
    transfer.prepare("Another club", why="He sails there now.", informed="His mum asked for it.", by=amara)
    yield from (("DSO", one.get_absolute_url()) for one in (referral, meeting, transfer))
    yield from (
        ("DSO", reverse(f"incidents:{name}", args=[case.pk, referral.pk])) for name in ("choose_facts", "black_out")
    )
    for name in ("sent", "received", "off"):
        yield "DSO", reverse("incidents:transfer_step", args=[case.pk, transfer.pk, name])
    for name in ("told", "answered", "challenged", "not-made", "ended"):
        yield "DSO", reverse("incidents:referral_step", args=[case.pk, referral.pk, name])
    for name in ("report", "held", "missed", "minutes", "change", "cancelled"):
        yield "DSO", reverse("incidents:meeting_step", args=[case.pk, meeting.pk, name])


def _of_duties(amara, jamie):
    """Of somebody who has not said yet whether they told, and of somebody who has."""
    case = _seen(amara).filter(imagery=True, duties__isnull=False).first()
    leah = User.objects.get(name="Leah Osei")
    for somebody in (leah, amara):
        case.ask_to_tell(somebody, by=amara)
    yield "DSO", case.duties.get(user=amara).get_absolute_url()
    yield "staff", case.duties.get(user=jamie).get_absolute_url()
    yield "DSO", reverse("incidents:duties", args=[case.pk])
    yield "DSO", reverse("incidents:set_duty_aside", args=[case.pk, case.duties.get(user=leah).pk])


def _of_files(case, amara):
    """Kept, locked away, and asked to be destroyed."""
    for content in (b"one", b"two", b"three"):
        CaseFile.take(case, Taken.of("chat.txt", content), True, by=amara)
    kept, locked, asked = case.files.all()
    locked.lock_away(by=amara)
    asked.lock_away(by=amara)
    asked.ask_to_destroy("42/118/26", by=amara, why="The police have it.")
    yield from (("DSO", one.get_absolute_url()) for one in (kept, locked, asked))
    yield "DSO", reverse("incidents:ask_to_destroy", args=[locked.pk])
    yield "DSO", reverse("incidents:keep_locked", args=[asked.pk])


def _of_documents(amara):
    case = Case.objects.visible_to(amara).first()
    asked = kinds.get("chronology"), case
    ready = Export.of(*asked, uuid4(), "trustees", "They meet in May.", by=amara)
    call_command("make_documents", verbosity=0)
    waiting = Export.of(*asked, uuid4(), "trustees", "They meet in June.", by=amara)
    yield from (("DSO", export.get_absolute_url()) for export in (ready, waiting))


def _of_people(cast):
    gone = User.objects.filter(status=User.Status.LEFT).first()
    yield "office", reverse("people:come_back", args=[gone.pk])
    LostDevice.begin(cast["leah"], "I rang her, and know her voice.", by=cast["ruth"])
    yield "lead", reverse("home:lost", args=[cast["leah"].pk])
    yield "DSO", reverse("home:lost", args=[cast["leah"].pk])
    yield "lead", reverse("home:stop_lost", args=[cast["leah"].pk])
    suspended = cast["callum"]
    suspended.suspend(by=cast["sol"], why="While we look into something.")
    yield "office", reverse("people:restore", args=[suspended.pk])
    child = YoungPerson.objects.here().first()
    child.leave(localdate(), by=cast["sol"])
    yield "office", reverse("people:young_person_comes_back", args=[child.pk])
    relative = Relationship(user=cast["leah"])
    relative.declare("family", named="Robin P", by=cast["leah"])
    yield "DSO", reverse("people:link_relationship", args=[relative.pk])
    link = invite_again(User.objects.filter(status=User.Status.INVITED).first(), by=cast["sol"])
    yield "stranger", "/people/welcome/" + link.split("/people/welcome/")[1]


def _of_training(jamie):
    """Who is excused; and what shows that something was done, as a file."""
    excused = Exemption.objects.lasting(localdate()).first()
    yield "DSO", reverse("training:end_exemption", args=[excused.user_id, excused.pk])
    done = jamie.completions.first()
    Evidence.take(done, Taken.of("certificate.txt", b"Done."), by=jamie)
    yield "staff", reverse("training:lock_evidence", args=[done.evidence.get().pk])


def _of_agreements(amara):
    """A link that waits to be signed, and one that was; and of who is new, what few of them come to."""
    yield "office", reverse("training:clear_induction", args=[Induction.objects.open().first().pk])
    yield "office", reverse("training:destroy_copy", args=[DbsCheck.objects.with_copies().first().pk])
    (_link, to_sign), (signed, token) = (AgreementLink.make(one, by=amara) for one in YoungPerson.objects.here()[:2])
    signed.sign(Agreed.newest(), "yes", "Somebody", by="holder of link")
    yield "stranger", reverse("training:sign_agreement", args=[to_sign])
    yield "stranger", reverse("training:agreement", args=[token])


def _of_messages(amara):
    with event("tell", by="the tests"):
        dead = Notice.objects.filter(recipient__name="Tom Ellery").first()
        Notice.objects.filter(pk=dead.pk).update(urgent=True, read_at=None, stopped_at=None)
    Delivery.objects.filter(notice=dead).update(status=Delivery.Status.DEAD)
    yield "DSO", reverse("notifications:unsent")


def _of_accounts(amara, jamie):
    with event("set up", by=amara, about=amara):
        TOTP.activate(amara, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(amara)
        key = Authenticator.objects.create(
            user=amara, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}}
        )
    ways = ("account_reauthenticate", "mfa_reauthenticate", "account_logout")
    codes = ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn")
    yield from (("DSO", reverse(name)) for name in (*ways, *codes))
    yield from (("DSO", reverse(name, args=[key.pk])) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"))
    yield from (("stranger", reverse(f"account_reset_password{name}")) for name in ("_done", "_from_key_done"))
    key = default_token_generator.make_token(jamie)
    yield "stranger", reverse("account_reset_password_from_key", args=[user_pk_to_url_str(jamie), key])
