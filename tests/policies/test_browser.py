"""Guidance, lessons and the yearly review on a phone and on a desk: whole, reachable, and by the rules."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.organisation.beginning import begin
from harmony.organisation.models import GuidanceSource
from policies.models import Lesson, LessonAction
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.once("sqlite")]
DAY = timedelta(days=1)


@pytest.fixture
def pages(publish, amara, sam, sol):
    begin(name="HARMONY", council="Northbrook", hours="Mon-Fri 09:00-17:00", by="the tests")
    kcsie, nudes = (GuidanceSource.objects.get(code=code) for code in ("kcsie", "nudes"))
    review = publish(f"It rests on [guidance]({kcsie.url}). {{S6}}\n").policy.reviews.get()
    kcsie.replace("September 2026", localdate() - DAY, kcsie.url, by=sol, why="Pictures made by AI are named.")
    for found in ("page one", "status 404"):
        nudes.look(nudes.url, found, by="the link checker")
    lesson = Lesson()
    lesson.learn("drill", localdate(), "Nobody found the number of the duty team", "It took nine minutes.", by=amara)
    for what, days in (("Put the number into the club phone", 9), ("Do the same drill at a weekend", 30)):
        LessonAction(lesson=lesson).give(what, sam, localdate() + days * DAY, by=amara)
    lesson.actions.first().finish("It is the first number in it.", by=sam)
    return {
        "guidance": reverse("home:guidance"),
        "source": reverse("home:source", args=[kcsie.pk]),
        "moved": reverse("home:source", args=[nudes.pk]),
        "edition": reverse("home:replace_guidance", args=[kcsie.pk]),
        "lessons": reverse("policies:lessons"),
        "lesson": reverse("policies:lesson", args=[lesson.pk]),
        "act": reverse("policies:act_on_lesson", args=[lesson.pk]),
        "review": reverse("policies:review", args=[review.pk]),
        "library": reverse("policies:library"),
    }


def test_every_page_of_guidance_and_lessons_can_be_used(page, site, pages, amara):
    for width in (320, 390, 1280):
        window = page(width=width, user=amara, site=site, scripts=width != 320)
        for name, address in pages.items():
            window.goto(site + address)
            fits(window)
            if width != 320:  # axe is a script
                axe(window)
                shot(window, f"{name}-{width}")
