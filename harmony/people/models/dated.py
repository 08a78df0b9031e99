"""What holds from one day to another."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    def standing(self, on=None):
        """Those that hold on this day (today, unless told)."""
        on = on or localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)

    def lasting(self, after):
        """Those that hold on some day after this one."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=after + timedelta(days=1)))

    def end(self, last_day):
        """End all that go on after this day. What has not begun by then never holds. Call inside an event."""
        ends_on = models.Value(last_day + timedelta(days=1), output_field=models.DateField())
        self.lasting(last_day).update(ends_on=Greatest(F("starts_on"), ends_on))


class Dated(models.Model):
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            )
        ]

    def stands(self, on=None):
        on = on or localdate()
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    @property
    def last_day(self):
        """The last day on which it holds: what people mean by "until"."""
        return self.ends_on and self.ends_on - timedelta(days=1)

    def span(self, starts_on, last_day=None):
        """Set both days as people say them."""
        self.starts_on = starts_on
        self.ends_on = last_day and last_day + timedelta(days=1)
