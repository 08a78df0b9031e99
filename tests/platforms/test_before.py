"""What was approved before there was a register: it may still be used till its last day, and somebody looks at it anew."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils.timezone import localdate

from harmony.audit import dialects, triggers
from harmony.audit.events import event
from harmony.organisation.models import Channel
from platforms import decisions
from platforms.answers import answer
from platforms.models import Platform

pytestmark = pytest.mark.django_db


@pytest.fixture
def club_phone():
    """A channel as an older version left it: this room's guard was not there yet."""
    guard = {key: sql for key, sql in triggers.wanted(connection).items() if "guard_platforms_platform" in key[1]}
    assert {table for table, _name in guard} == {"organisation_channel"}
    with connection.cursor() as cursor:
        for key in guard:
            cursor.execute(dialects.of(connection).drop(*key))
        with event("approve", by="the tests"):
            until = localdate() + timedelta(days=40)
            made = Channel.objects.create(name="Club phone", approved_on=localdate(), approved_until=until)
        for sql in guard.values():
            cursor.execute(sql)
    return made


def test_it_keeps_its_key_and_day_under_review_until_it_is_decided_on_or_retired(club_phone, sent, ruth, tom):
    migration = import_module("platforms.migrations.0002_channels_that_were_approved_before")
    with event("migrate", by="migration"):
        migration.write_down_what_is_used(apps, None)
    platform = Platform.objects.get(pk=club_phone.pk)
    assert platform.status == "review" and answer(platform).may and platform.channel.is_approved()
    assert not answer(platform, localdate() + timedelta(days=41)).may
    decisions.approve(sent(platform), localdate() + timedelta(days=300), "It is safe so.", by=ruth)
    channel = Channel.objects.get()
    assert channel.conditions and channel.approved_until == localdate() + timedelta(days=300)
    Platform.objects.get().retire(by=tom, why="The number was sold.")
    assert not Channel.objects.approved().exists()
