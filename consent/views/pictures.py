"""The register of use: which pictures there are, who is in them, where each is out, and what has to be taken down."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import by, clock_time, day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.models import YoungPerson
from harmony.people.unfinished import answered, filled

from .. import access
from ..breach import token_of
from ..forms.pictures import DownForm, FoundForm, GiveForm, ImageForm, PublishForm, WhoForm
from ..models import Image, Publication, TakeDown
from ..models.checks import answers

A_PAGE = 25


@allowed(access.may_see_consents)
def images(request):
    """The newest first, each with how many are in it and where it is out."""
    standing = Count("publications", filter=Q(publications__ended_at=None), distinct=True)
    found = Image.objects.visible_to(request.user).annotate(
        people=Count("appearances", distinct=True), standing=standing
    )
    page = Paginator(found.order_by("-taken_on", "pk"), A_PAGE).get_page(request.GET.get("page"))
    load_keys(page.object_list)
    note_list("list", by=request.user, page="pictures", references=[one.pk.hex for one in page])
    shown = {
        "page": page,
        "rows": [(one, one.taken_on and day(one.taken_on)) for one in page],
        "may_keep": access.may_keep(request.user),
        "to_take_down": TakeDown.objects.visible_to(request.user).open().count(),
    }
    return render(request, "consent/images.html", shown)


@allowed(access.may_keep)
def add_image(request):
    form, made = filled(ImageForm, request), Image()
    if answered(request, form) and form.take(made.add, by=request.user):
        return redirect("consent:who", made.pk)
    asked = {"form": form, "heading": _("Which picture is it?"), "button": _("Go on to who is in it")}
    says = _("Write down what it shows and where it is kept. The picture itself stays where it is.")
    return render(
        request, "people/ask.html", asked | {"says": says, "back": reverse("consent:images")}, status=form.status
    )


@opens(Image)
def image(request, image):
    """Who is in it, and where it is or was."""
    people = _people(image)
    out = list(image.publications.select_related("use__purpose", "use__channel").prefetch_related("take_downs"))
    load_keys([image, *out])
    page = {
        "image": image,
        "taken_on": image.taken_on and day(image.taken_on),
        "people": people,
        "out": [_out(one) for one in out],
        "may_keep": access.may_keep(request.user),
    }
    return render(request, "consent/image.html", page)


def _people(image):
    return YoungPerson.objects.filter(pk__in=image.appearances.values("young_person")).by_name()


def _out(publication):
    tasks = list(publication.take_downs.all())
    task = next((one for one in tasks if one.status == TakeDown.Status.OPEN), None) or (tasks[-1] if tasks else None)
    return {
        "publication": publication,
        "since": day(publication.published_on),
        "task": task,
        "pill": _standing(publication, task),
    }


def _standing(publication, task):
    if task and task.status == TakeDown.Status.OPEN:
        return "red", _("To be taken down"), "alert"
    if publication.ended_at:
        return "plain", task.get_status_display() if task else _("Taken down"), "check"
    return "green", _("Is out"), "check"


@opens(Image, may=lambda user, image: access.may_keep(user))
def who(request, image):
    """Everyone who can be recognised. Whoever is in it already stays in it."""
    there = image.appearances.values("young_person")
    others = YoungPerson.objects.visible_to(request.user).here().exclude(pk__in=there).by_name()

    return ask(
        request,
        filled(WhoForm, request, people=others),
        image.show_all,
        heading=_("Who is in it?"),
        says=_("Tick everyone who can be recognised. It can only be published where all of them agreed."),
        button=_("They are in it"),
        then=_page(image),
    )


@opens(Image, may=lambda user, image: access.may_keep(user))
def publish(request, image):
    """On a use to which everybody in it agreed: no other can be chosen, and the database refuses any other."""
    uses = [use for use, may in answers(_people(image), localdate()).items() if may]
    return ask(
        request,
        filled(PublishForm, request, uses=uses),
        lambda use, **told: Publication.put_out(image, use, **told),
        heading=_("Where is it published?"),
        says=_("You can choose where everybody in it agreed.")
        if uses
        else _("There is no use to which everybody in it agreed. Choose another picture."),
        button=_("Write down that it is out"),
        then=_page(image),
    )


@opens(Image, may=lambda user, image: access.may_keep(user))
def found(request, image):
    """It is out there without permission."""
    return ask(
        request,
        filled(FoundForm, request),
        lambda use, **told: Publication(image=image, use=use).find(**told),
        heading=_("Where did you find it?"),
        says=_(
            "It is written down as it is, and becomes a task to take down. Tell the safeguarding officer if a child may be at risk."
        ),
        button=_("Write down where it is"),
        then=_page(image),
    )


@allowed(access.may_see_consents)
def take_downs(request):
    """What has to be taken down, the soonest first; then what came of the last ones."""
    tasks = TakeDown.objects.visible_to(request.user).select_related("publication__image", "publication__use", "owner")
    tasks = tasks.select_related("publication__use__purpose", "publication__use__channel")
    page = Paginator(tasks.order_by("-status", "due_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    load_keys([one.publication.image for one in page])
    note_list("list", by=request.user, page="pictures to take down", references=[one.pk.hex for one in page])
    return render(request, "consent/take_downs.html", {"page": page, "rows": [_task(one) for one in page]})


def _task(task, at=None):
    at = at or now()
    late = task.status == TakeDown.Status.OPEN and task.due_at <= at
    tone = {TakeDown.Status.OPEN: "red" if late else "amber"}.get(task.status, "plain")
    says = _("Late") if late else task.get_status_display()
    return {
        "task": task,
        "by": by(task.due_at, at=at),
        "pill": (tone, says),
        "ended": task.ended_at and clock_time(task.ended_at),
    }


@opens(TakeDown)
def take_down(request, task):
    """One task, for whoever was given it and for those who keep permission: what it is, where, and what came of it."""
    may = access.may_take_down(request.user, task)
    publication = task.publication
    load_keys([publication, task, publication.image])
    may_stay = access.may_keep(request.user) and publication.may_stay(localdate())
    form = filled(DownForm, request, lasting=publication.use.lasting, may_stay=may_stay)
    if may and answered(request, form) and form.take(getattr(task, form.came), by=request.user):
        return redirect("consent:take_down", task.pk)
    shown = {"form": form, "publication": publication, "may": may and task.status == TakeDown.Status.OPEN}
    shown["breach"] = access.may_see_consents(request.user) and token_of(publication)
    shown |= _task(task) | {"since": day(publication.published_on), "may_give": access.may_keep(request.user)}
    return render(request, "consent/take_down.html", shown, status=form.status)


@opens(TakeDown, may=lambda user, task: access.may_keep(user))
def give(request, task):
    return ask(
        request,
        filled(GiveForm, request),
        task.give,
        heading=_("Who takes it down?"),
        says=_("They see what it is and where, and nothing of who said what."),
        button=_("Give it to them"),
        then=reverse("consent:take_down", args=[task.pk]),
    )


def _page(image):
    return reverse("consent:image", args=[image.pk])
