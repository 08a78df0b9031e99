"""A line like "The details are saved" on its way to the next page: in a cookie that is named and kept as the others are."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Cookie(CookieStorage):
    cookie_name = settings.MESSAGE_COOKIE_NAME


class Storage(FallbackStorage):
    """Django's: what is too long for a cookie lies in the session."""

    storage_classes = (Cookie, SessionStorage)
