"""What may be done here, by the right that is asked for each: the lines of docs/roles.md (roles.py makes its tables)."""

from datetime import timedelta

from consent import access as consent
from consent.models import TakeDown
from harmony.documents import access as documents
from harmony.notifications import access as notifications
from harmony.notifications.models import QuietHours
from harmony.organisation import access as organisation
from harmony.people import access as people
from harmony.people.models import (
    Appointment,
    Away,
    ContactException,
    Invitation,
    Post,
    Relationship,
)
from incidents import access as incidents
from incidents.models import CaseFile, Duty, Referral, Report
from incidents.speak import access as speak
from platforms import access as platforms
from platforms.models import Assessment, Control, Finding, Platform, SecurityReview
from policies import access as policies
from policies.models import Acknowledgement, LessonAction

from . import access as home
from .deed import (
    STAFF,
    Deed,
    app,
    case,
    concern,
    look_at,
    lost,
    oneself,
    own_duty,
    own_emergency,
    review,
    somebody,
    version,
)
from .kept_deeds import OF_RECORDS
from .models import AccessLine
from .training_deeds import TRAINING

DEEDS = {
    "Concerns and cases": [
        Deed("Report a concern", incidents.may_report),
        Deed("Send one’s own report", incidents.may_file, lambda world, user: Report(author=user)),
        Deed("Add to one’s own report", incidents.may_add, lambda world, user: Report(author=user)),
        Deed("Add to somebody else’s report", incidents.may_add, lambda world, user: world.report),
        Deed("Ask somebody about a report they have not sent", incidents.may_ask, lambda world, user: world.report),
        Deed(
            "Ask somebody above to look at one’s own report again", incidents.may_ask_above, lambda w, user: w.own(user)
        ),
        Deed("Answer whoever asked for a second look", incidents.may_answer_look, lambda world, user: world.look),
        Deed("See the list of cases", incidents.may_see_cases),
        Deed("Read all that is written about one young person", incidents.may_read_about, somebody),
        Deed("See on the ordinary file that there is a record", incidents.may_know_of_record),
        Deed("Read a case about a child", incidents.may_see, case("child")),
        Deed("Read a case about one of our workers", incidents.may_see, case(STAFF)),
        Deed("Read a case about the DSO", incidents.may_see, case(Post.DSO)),
        Deed("Read a case about the deputy", incidents.may_see, case(Post.DEPUTY)),
        Deed("Read a case about the senior lead", incidents.may_see, case(Post.LEAD)),
        Deed("Read a case about the chair", incidents.may_see, case(Post.CHAIR)),
        Deed("Work a case about a child", incidents.may_work, case("child")),
        Deed("Work a case about one of our workers", incidents.may_work, case(STAFF)),
        Deed(
            "Add a file to a case about a child",
            incidents.may_add_file,
            lambda w, user: CaseFile(case=w.cases["child"]),
        ),
        Deed("Lock a file away, as it may be an indecent image", incidents.may_lock_away, lambda w, user: w.file),
        Deed("Agree to destroy one that a colleague asked for", incidents.may_destroy, lambda w, user: w.file),
        Deed("Refer a child to somebody outside", incidents.may_refer, lambda w, user: Referral(case=w.cases["child"])),
        Deed("Say whether a concern about a worker is an allegation", incidents.may_screen, concern(STAFF)),
        Deed("Say so of a concern about the DSO", incidents.may_screen, concern(Post.DSO)),
        Deed("Open a case about a child in an emergency", incidents.may_open_in_emergency, case("child")),
        Deed("Open one about a worker in an emergency", incidents.may_open_in_emergency, case(STAFF)),
        Deed("Open one about the chair in an emergency", incidents.may_open_in_emergency, case(Post.CHAIR)),
        Deed("Try to, by its reference", incidents.may_try_emergency),
        Deed("Say what was done in one’s own emergency", incidents.may_answer_in_person, own_emergency),
        Deed("See the register of low-level concerns", incidents.may_see_register),
        Deed("Read what has to be done in each kind of case", incidents.may_read_playbooks),
        Deed("Change what has to be done, by a new version", incidents.may_keep_playbooks),
        Deed("See all that is left to do, across the cases one works", incidents.may_see_to_do),
        Deed("See what comes up more often than before", incidents.may_see_trends),
        Deed("Agree to lower a level that a colleague asked for", incidents.may_agree, case("child")),
        Deed("Agree to close a case that a colleague asked to close", incidents.may_agree_to_close, case("child")),
        Deed("Say no to either", incidents.may_be_second, case("child")),
        Deed("Keep a locked file that a colleague asked to destroy", incidents.may_keep_locked, lambda w, user: w.file),
        Deed("Ask an adviser from outside into a case", incidents.may_ask_in, case("child")),
        Deed("Take the second look at what a colleague passed on", incidents.may_agree_to_close, case("child")),
        Deed("Agree to open the sealed name of somebody outside", speak.may_open_name, lambda w, user: w.thread),
        Deed("Write as whoever holds six words", speak.may_write_from_outside, lambda w, user: w.thread),
        Deed("Say whether one told the police or the council", incidents.may_answer_in_person, own_duty),
        Deed(
            "Say so for somebody else",
            incidents.may_answer_in_person,
            lambda w, user: Duty(case=w.cases["child"], user=w.somebody),
        ),
        Deed(
            "Write down that somebody does not say",
            incidents.may_set_duty_aside,
            lambda w, user: Duty(case=w.cases["child"], user=w.somebody),
        ),
        Deed("Be asked to do something in a case", incidents.may_be_asked, case("child")),
        Deed("Finish what somebody else was asked to do", incidents.may_finish, lambda world, user: world.action),
        Deed("Say that it need not be done", incidents.may_waive, lambda world, user: world.action),
        Deed("Give a leaver’s case to somebody else", incidents.may_hand_over, case("child")),
        Deed("Give a leaver’s action to somebody else", incidents.may_hand_over_action, lambda w, user: w.action),
        Deed("Take a case about a child out as a document", incidents.may_export, case("child")),
        Deed("Take a case about one of our workers out as a document", incidents.may_export, case(STAFF)),
        Deed("Check whether a printed document is ours", documents.may_check),
        Deed("Read how long each thing may take here", incidents.may_read_times),
        Deed("Change how long each thing may take here", incidents.may_set_times),
        Deed("See how long cases took, by group", incidents.may_see_fairness),
        Deed("Have the organisation’s audit report", home.may_report),
        Deed("See its small figures", home.may_see_small_figures),
        Deed("See how promises were kept, in numbers", home.may_see_numbers),
        Deed("Have a summary each week, of cases and reminders", home.may_see_week),
        Deed("Have the seal and the numbers each week by e-mail", home.may_get_numbers),
        Deed("See whether the audit book was sealed and checked", home.may_see_the_book),
    ],
    "Young people": [
        Deed("See the list of young people", people.may_see_young_people),
        Deed("Write down young people, carers and groups", people.may_keep_records),
        Deed("See who cares for a child, and how they are related", people.may_see_household),
    ],
    "Who is close to whom": [
        Deed("Declare who is close to oneself", people.may_declare, lambda world, user: Relationship(user=user)),
        Deed("See what others declared", people.may_see_relationships),
        Deed("Say which child was meant", people.may_link, lambda world, user: world.related),
        Deed("End what somebody else declared", people.may_end_relationship, lambda world, user: world.related),
    ],
    "Accounts and posts": [
        Deed("See the list of people", people.may_see_people),
        Deed("Invite somebody", people.may_invite),
        Deed("Accept one’s own invitation", people.may_accept, oneself),
        Deed("Come in by one’s own link", people.may_use, lambda world, user: Invitation(user=user)),
        Deed("Change one’s own name and phone", people.may_change_details, oneself),
        Deed("Change somebody else’s name and phone", people.may_change_details, somebody),
        Deed("Say what else somebody is here", people.may_change_membership, somebody),
        Deed("Suspend somebody, or record that they left", people.may_suspend, somebody),
        Deed("The same for somebody whose post opens cases", people.may_suspend, lambda world, user: world.colleague),
        Deed("The same for oneself", people.may_suspend, oneself),
        Deed("Say that somebody lost the phone or key they sign in with", people.may_vouch, somebody),
        Deed("Say so of oneself", people.may_vouch, oneself),
        Deed("Be the first of the two who say so", home.may_say_lost, lost),
        Deed("Be the second, when a colleague has said so", home.may_confirm_lost, lost),
        Deed("Stop it", home.may_stop_lost, lost),
        Deed("Look each quarter at who may do what, and sign it off", home.may_review_access),
        Deed(
            "Say that somebody still needs what they have",
            home.may_decide_access,
            lambda w, u: AccessLine(user=w.somebody),
        ),
        Deed("Say so of oneself", home.may_decide_access, lambda w, user: AccessLine(user=user)),
        Deed(
            "Give a post that opens cases", people.may_appoint, lambda w, user: Appointment(user=w.somebody, post="dso")
        ),
        Deed("Give another post", people.may_appoint, lambda w, user: Appointment(user=w.somebody, post="training")),
        Deed("Give oneself a post", people.may_appoint, lambda world, user: Appointment(user=user, post="training")),
        Deed("Must sign in with two proofs", people.needs_second_factor),
    ],
    "Who answers": [
        Deed("See the on-call rota", people.may_see_rota),
        Deed("Put somebody on call", people.may_keep_rota),
        Deed("Change a slot to come", people.may_change_slot, lambda world, user: world.slot(timedelta(days=1))),
        Deed("Change a slot gone by", people.may_change_slot, lambda world, user: world.slot(-timedelta(days=1))),
        Deed("Pass on a slot of somebody who goes", people.may_pass_on_slot, lambda w, user: w.slot(timedelta(days=1))),
        Deed("Say that one is away", people.may_say_away, lambda world, user: Away(user=user)),
        Deed("Say that somebody else is away", people.may_say_away, lambda world, user: Away(user=world.somebody)),
        Deed(
            "Choose one’s own hours without e-mail", notifications.may_set_quiet, lambda w, user: QuietHours(user=user)
        ),
        Deed("Hear that an urgent message did not get out, and whom to ring", notifications.may_see_unsent),
        Deed("Hear that there is one, and no name", notifications.may_hear_of_unsent),
        Deed("See to messages that were given up", notifications.may_see_given_up),
    ],
    "Pictures of young people": [
        Deed("Ask whether a picture may be used", consent.may_ask),
        Deed("Read what was said about pictures, and where they are", consent.may_see_consents),
        Deed("Write down what was said, and what is published where", consent.may_keep),
        Deed("Say what pictures are wanted for, in which words", consent.may_keep_wordings),
        Deed("Say that a young person is never shown, and why", consent.may_flag),
        Deed("Take down what one was given to take down", consent.may_take_down, lambda w, user: TakeDown(owner=user)),
        Deed(
            "Take down what somebody else was given", consent.may_take_down, lambda w, user: TakeDown(owner=w.somebody)
        ),
    ],
    "Policies": [
        Deed("Read policies that are not in force", policies.may_read_drafts),
        Deed("Write a policy", policies.may_write),
        Deed("Say something about a draft", policies.may_comment, version("board")),
        Deed("Approve a policy of the trustees that others wrote", policies.may_approve, version("board")),
        Deed("Approve a policy of the senior lead that others wrote", policies.may_approve, version("lead")),
        Deed("Publish a policy that is approved", policies.may_publish, version("board")),
        Deed("Agree to a policy", policies.may_agree, lambda w, user: Acknowledgement(user=user)),
        Deed("Agree for somebody else", policies.may_agree, lambda w, user: Acknowledgement(user=w.somebody)),
        Deed("See who has agreed", policies.may_see_who_agreed),
        Deed("Sign off a review that others prepared", policies.may_sign_review, review),
        Deed("Write down what was learned, and who does what about it", policies.may_keep_lessons),
        Deed(
            "Finish what one was given to do because of it",
            policies.may_finish_lesson_action,
            lambda w, user: LessonAction(owner=user),
        ),
        Deed(
            "Finish what somebody else was given",
            policies.may_finish_lesson_action,
            lambda w, user: LessonAction(owner=w.somebody),
        ),
        Deed(
            "Give it to somebody else when they leave",
            policies.may_hand_over_lesson_action,
            lambda w, user: LessonAction(owner=w.somebody),
        ),
    ],
    "Apps, devices and systems": [
        Deed("Ask whether something may be used, and propose something", platforms.may_propose),
        Deed("Read how it was assessed", platforms.may_read_assessments),
        Deed("Assess an app", platforms.may_assess, app("social")),
        Deed("Assess a device or a system", platforms.may_assess, app("system")),
        Deed("Take on the assessment of an app", platforms.may_take_on, look_at()),
        Deed("Write an assessment that one took on", platforms.may_write, look_at()),
        Deed(
            "Write in somebody else’s",
            platforms.may_write,
            lambda w, user: Assessment(platform=Platform(kind="social")),
        ),
        Deed("Decide on what others assessed", platforms.may_decide, look_at()),
        Deed("Ask that it is looked at again, and stop its use meanwhile", platforms.may_review),
        Deed("Say that it is in use, and whether families read of it", platforms.may_keep),
        Deed("Stop using it for good", platforms.may_retire),
        Deed("Say that what one sees to is in place", platforms.may_do, lambda w, user: Control(owner=user)),
        Deed("Say so for somebody else", platforms.may_do, lambda w, user: Control(owner=w.somebody)),
        Deed("Let somebody else see to it", platforms.may_hand_over),
        Deed("Begin a security review", platforms.may_begin_security),
        Deed("Answer in one, and write down what is lacking", platforms.may_check_security),
        Deed(
            "Sign off what others answered",
            platforms.may_sign_security,
            lambda w, user: SecurityReview(kind="full"),
        ),
        Deed("Say that what one was asked to mend is done", platforms.may_mend, lambda w, user: Finding(owner=user)),
        Deed("Say so of what others mend", platforms.may_mend, lambda w, user: Finding(owner=w.somebody)),
    ],
    "Training": TRAINING,
    "How long records are kept": OF_RECORDS,
    "The organisation": [
        Deed("Set hours, closures, help contacts, guidance, colours", organisation.may_set_up),
        Deed("Read which law and guidance we follow", organisation.may_see_guidance),
        Deed("See the approved ways to reach young people", organisation.may_see_channels),
        Deed("Say who holds the account, phone or keys of one", organisation.may_keep_channels),
        Deed("Say by what ways the workers of a group may reach it", people.may_keep_contact_rules),
        Deed(
            "Ask for an exception to that, for oneself",
            people.may_ask_exception,
            lambda w, user: ContactException(user=user),
        ),
        Deed(
            "Allow somebody an exception", people.may_decide_exception, lambda w, u: ContactException(user=w.somebody)
        ),
        Deed("Allow oneself one", people.may_decide_exception, lambda w, user: ContactException(user=user)),
        Deed("End somebody’s exception", people.may_end_exception, lambda w, u: ContactException(user=w.somebody)),
        Deed("See how each promise of the policy statement stands", home.may_see_promises),
        Deed("See the first steps", home.may_see_first_steps),
        Deed("Be asked to see to invitations and leavers", home.may_see_to_people),
        Deed("Be asked to see to keys and the machine", home.may_see_to_the_machine),
        Deed("See how the master key is printed", home.may_see_keys),
        Deed("Say that one holds a key sheet", home.may_confirm_keys),
        Deed("See whether everything runs", home.may_see_health),
        Deed("See every component that pages are made of", home.may_see_components),
    ],
}
