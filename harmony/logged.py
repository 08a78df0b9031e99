"""What is logged, and from which level on. Ids only: harmony/look/logs.py says what may be written."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ids": {"()": "harmony.look.logs.IdsOnly"}},
    "handlers": {"ids": {"class": "logging.StreamHandler", "formatter": "ids"}},
    "root": {"handlers": ["ids"], "level": "WARNING"},
    # Django's own handlers would write whole request lines, and mail whole requests to ADMINS
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "harmony": {"level": "INFO"},
        "incidents": {"level": "INFO"},
    },
}
