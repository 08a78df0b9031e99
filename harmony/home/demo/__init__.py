"""The demo: an invented organisation with a year behind it, made through the product's own steps.

So its audit book is real and making it is a test. It is made once, into an empty database, and never in
production.
"""

from django.conf import settings

from harmony.organisation.models import Organisation

from .cast import CAST


def sign_ins():
    """The cast, with what to try as each: [] unless this database holds the demo, and never in production."""
    return CAST if Organisation.current().is_demo and not settings.PRODUCTION else []
