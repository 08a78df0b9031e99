"""The book's clock."""

from celery import shared_task

from . import book


@shared_task
def seal_book():
    """Asked every few minutes; seals every 500 lines, and once a day. Twice is as good as once."""
    book.seal_if_due()


@shared_task
def check_book():
    """Once a night the whole book is read. What is broken is for `verify_audit` to name."""
    with book.at_one_moment():
        broken = any(True for _one in book.breaks())
    book.write_down_check("the nightly check", broken)
