"""Days of the calendar, counted in months as people count them."""

from datetime import date


def months_on(day, months):
    """So many months later; the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
