"""Production never gets invented people."""

import pytest
from django.core.management import CommandError, call_command

from harmony.organisation.models import Organisation
from harmony.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("if_empty", [False, True])
def test_the_demo_is_never_made_in_production(settings, if_empty):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="This is production"):
        call_command("demo", if_empty=if_empty)
    assert not User.objects.exists() and not Organisation.objects.exists()
