"""The product's settings with keys that are for tests only."""

from harmony.settings import *

SECRET_KEY = "for tests only, and long enough to sign with"
MASTER_KEYS = {"1": "00" * 32}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if not REDIS_URL:
    CACHES["default"]["LOCATION"] = VAR / "test-cache"
private.close(VAR)  # as `make setup` does
