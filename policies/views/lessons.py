"""What we learned: written down without a name, with who does what about it by when, and where a policy changed (S29, S32)."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.encryption.fields import load_keys
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.unfinished import filled

from .. import access
from ..lesson_forms import ActionForm, ChangedForm, LessonForm, ResultForm
from ..models import Lesson, LessonAction


@allowed(access.may_read_drafts)
def lessons(request):
    """All of them, the newest first: which still want something done, and where a policy changed."""
    open_ = Count("actions", filter=Q(actions__status=LessonAction.Status.OPEN), distinct=True)
    late = Count("actions", filter=Q(actions__status="open", actions__due_on__lt=localdate()), distinct=True)
    found = list(Lesson.objects.all().annotate(open=open_, late=late).select_related("changed_in__policy"))
    load_keys(found)
    page = {
        "rows": [(one, day(one.learned_on), _pill(one)) for one in found],
        "may_keep": access.may_keep_lessons(request.user),
    }
    return render(request, "policies/lessons.html", page)


def _pill(lesson):
    if lesson.late:
        return "red", _("Something is late"), "alert"
    if lesson.open:
        return "amber", _("Something is to be done"), "clock"
    return "green", _("All is done"), "check"


@opens(Lesson, joined=("written_by", "changed_in__policy"))
def lesson(request, lesson):
    user, today = request.user, localdate()
    actions = list(lesson.actions.select_related("owner"))
    load_keys([lesson, *actions])
    page = {
        "lesson": lesson,
        "learned": day(lesson.learned_on),
        "actions": [_action(one, user, today) for one in actions],
        "may_keep": access.may_keep_lessons(user),
        "may_read_drafts": access.may_read_drafts(user),
    }
    return render(request, "policies/lesson.html", page)


def _action(action, user, today):
    is_open = action.status == action.Status.OPEN
    if not is_open:
        pill = ("green" if action.status == action.Status.DONE else "plain"), action.get_status_display(), "check"
    elif action.due_on < today:
        pill = "red", _("Late"), "alert"
    else:
        pill = "amber", action.get_status_display(), "clock"
    return {
        "action": action,
        "due": day(action.due_on),
        "pill": pill,
        "may_finish": is_open and access.may_finish_lesson_action(user, action),
        "is_open": is_open,
    }


def _page(lesson):
    return reverse("policies:lesson", args=[lesson.pk])


def _may_keep(user, record):
    return access.may_keep_lessons(user)


LEAVE_OUT = gettext_lazy("Leave out names, places and anything that tells whose case it was.")


@allowed(access.may_keep_lessons)
def add_lesson(request):
    return ask(
        request,
        filled(LessonForm, request),
        Lesson().learn,
        heading=_("What did we learn?"),
        says=LEAVE_OUT,
        button=_("Keep this lesson"),
        then=reverse("policies:lessons"),
    )


@opens(Lesson, may=_may_keep)
def change_lesson(request, lesson):
    known = {name: getattr(lesson, name) for name in LessonForm.base_fields}
    return ask(
        request,
        filled(LessonForm, request, initial=known),
        lesson.change,
        heading=_("What did we learn?"),
        says=LEAVE_OUT,
        button=_("Save this lesson"),
        then=_page(lesson),
    )


@opens(Lesson, may=_may_keep)
def lesson_changed(request, lesson):
    return ask(
        request,
        filled(ChangedForm, request, initial={"version": lesson.changed_in_id}),
        lesson.say_what_changed,
        heading=_("Where did a policy change because of it?"),
        button=_("Save this"),
        then=_page(lesson),
    )


@opens(Lesson, may=_may_keep)
def act_on_lesson(request, lesson):
    return ask(
        request,
        filled(ActionForm, request),
        LessonAction(lesson=lesson).give,
        heading=_("What is to be done about it?"),
        says=_("Whoever you choose is reminded a week before, on the day, and each week after it."),
        button=_("Add this"),
        then=_page(lesson),
    )


@opens(LessonAction, may=access.may_finish_lesson_action, joined=("lesson", "owner"))
def finish_lesson_action(request, action):
    return ask(
        request,
        filled(ResultForm, request),
        action.finish,
        heading=_("It is done"),
        says=action.what,
        button=_("It is done"),
        then=_page(action.lesson),
    )


@opens(LessonAction, may=_may_keep, joined=("lesson", "owner"))
def drop_lesson_action(request, action):
    return ask(
        request,
        filled(ResultForm, request, asks=_("Why is it not needed?")),
        action.drop,
        heading=_("It is not needed"),
        says=action.what,
        button=_("It is not needed"),
        then=_page(action.lesson),
    )
