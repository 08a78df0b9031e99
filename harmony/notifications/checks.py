"""Is the way to phones a safe one?"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@register(Tags.security)
def messages_to_phones_travel_sealed(app_configs, **kwargs):
    """The address carries a token and phone numbers: over HTTPS, or not off this machine."""
    if not settings.HARMONY_PHONE_URL:
        return []
    address = urlsplit(settings.HARMONY_PHONE_URL)
    if address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK):
        return []
    return [Error("HARMONY_PHONE_URL does not begin with https://.", id="notifications.E001")]
