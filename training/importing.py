"""A list from elsewhere, line by line: whom and what each line means, or what is wrong with it. Pure but for what it looks up.

    for line in read(text, on=localdate()): line.number, line.says, line.completion

A dry run reads and shows; the same lines read again are written down.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from harmony.people.models import User

from .models import Completion, Course

MOST = 1000  # lines at once
DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})$", re.ASCII),
)


@dataclass(frozen=True)
class Line:
    """One line. `completion`: what it comes to, not written down yet; else `says` why it comes to nothing."""

    number: int
    typed: str
    says: str = ""
    completion: Completion | None = None
    shown: str = ""


def read(text, on):
    """Every line but empty ones and a line of headings. `on`: today; nobody has done anything later."""
    people = {user.email.lower(): user for user in User.objects.exclude(status=User.Status.LEFT)}
    courses = {course.code.upper(): course for course in Course.objects.prefetch_related("versions")}
    here, found = _written_down(), []
    for number, cells in enumerate(_cells(text), start=1):
        if not any(cells) or (number == 1 and "@" not in "".join(cells)):
            continue
        line = _line(number, cells, people, courses, on)
        if line.completion:
            key = _key(line.completion)
            if key in here:
                line = Line(number, line.typed, _("This is written down already."))
            here.add(key)
        found.append(line)
        if len(found) == MOST:
            break
    return found


def _cells(text):
    separator = next((sign for sign in "\t;" if sign in text.partition("\n")[0]), ",")
    for cells in csv.reader(text.splitlines(), delimiter=separator):
        yield [cell.strip() for cell in cells]


def _line(number, cells, people, courses, on):
    typed = ", ".join(cells)
    if len(cells) < 3:
        return Line(number, typed, _("An e-mail address, a course and a day are needed."))
    address, code, said, *rest = cells
    user, course, day = people.get(address.lower()), courses.get(code.upper()), _day(said)
    if not user:
        return Line(number, typed, _("Nobody here has this e-mail address."))
    if not course or not course.versions.all():
        return Line(number, typed, _("No course has this short name."))
    if not day:
        return Line(number, typed, _("Write the day like 27/3/2026."))
    if day > on:
        return Line(number, typed, _("This day has not come yet."))
    done = Completion.of(user, course, day, how=Completion.How.LIST)
    return Line(number, typed, completion=done, shown=", ".join(rest)[:300] or _("In the list that was brought in"))


def _day(said):
    for pattern in DAYS:
        if told := pattern.match(said):
            try:
                return date(int(told["year"]), int(told["month"]), int(told["day"]))
            except ValueError:
                return None
    return None


def _key(completion):
    return completion.user_id, completion.version_id, completion.completed_on


def _written_down():
    kept = Completion.objects.exclude(status=Completion.Status.STRUCK)
    return set(kept.values_list("user_id", "version_id", "completed_on"))
