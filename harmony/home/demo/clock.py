"""Moments of the demo, told as people tell them: "5 weeks ago Thu 21:15", then "8m", "3h" or "4d 10:30" later."""

import re
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKS_AGO = re.compile(r"(?P<weeks>\d+) weeks? ago (?P<day>[A-Z][a-z]{2}) (?P<clock>\d\d:\d\d)")
JUST_NOW = re.compile(r"(?P<count>\d+) (?P<unit>minutes|hours) ago")
SHORTLY = re.compile(r"(?P<count>\d+)(?P<unit>[mh])")
ON_A_DAY = re.compile(r"(?P<days>\d+)d (?P<clock>\d\d:\d\d)")
UNITS = {"m": "minutes", "h": "hours"}


def local(day, clock):
    """A clock time on a day, where the organisation is."""
    return datetime.combine(day, time.fromisoformat(clock), get_current_timezone())


def moment(text, now):
    """ "5 weeks ago Thu 21:15" counts calendar weeks, so that a Thursday club stays on Thursdays."""
    if just := JUST_NOW.fullmatch(text):
        return now - timedelta(**{just["unit"]: int(just["count"])})
    told = WEEKS_AGO.fullmatch(text)
    today = localtime(now).date()
    monday = today - timedelta(days=today.weekday(), weeks=int(told["weeks"]))
    return local(monday + timedelta(days=DAYS.index(told["day"])), told["clock"])


def later(text, start):
    """ "8m" and "3h" after the start, or "4d 10:30": half past ten on the fourth day after it."""
    if shortly := SHORTLY.fullmatch(text):
        return start + timedelta(**{UNITS[shortly["unit"]]: int(shortly["count"])})
    told = ON_A_DAY.fullmatch(text)
    return local(localtime(start).date() + timedelta(days=int(told["days"])), told["clock"])


def years_before(day, years):
    """The same day of another year; 29 February gives way to the day before."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
