"""No period without a reason and a source: courts have looked at long periods that nobody could explain (S3)."""

from collections import Counter

from django.core.checks import Error, register

from harmony import between
from harmony.organisation.national import GUIDANCE


@register()
def each_period_has_a_reason_and_a_source(app_configs=None, classes=None, **kwargs):
    classes = between.retention_classes() if classes is None else classes
    known = {source["code"] for source in GUIDANCE}
    for one in classes:
        if not str(one.why).strip():
            yield Error(f"Nothing says why records of the class {one.code} are kept so long.", id="retention.E001")
        if not one.rests_on or not set(one.rests_on) <= known:
            yield Error(f"The period of the class {one.code} rests on no source that we know.", id="retention.E002")
        if one.years is not None and one.years <= 0:
            yield Error(f"The period of the class {one.code} is no length of time.", id="retention.E003")
    for code, count in Counter(one.code for one in classes).items():
        if count > 1:
            yield Error(f"The class {code} is declared {count} times.", id="retention.E004")
