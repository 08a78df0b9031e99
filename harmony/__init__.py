"""HARMONY: the ground that every room stands on."""

from .celery import app as celery_app

__all__ = ["celery_app"]
