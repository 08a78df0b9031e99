from django.db import migrations

from harmony.audit.migrating import RecordedPython

OF_IMAGES = {
    *("ON-IMAGE", "IM-SELF", "IM-SHARED", "IM-FAKE", "IM-SKIRT"),
    *("ON-EXTORT", "EX-IMAGES", "EX-MONEY", "AD-IMAGES"),
}


def say_so(apps, schema_editor):
    """As a reporter said, or as it was weighed."""
    Case = apps.get_model("incidents", "Case")
    for case in Case.objects.prefetch_related("reports").iterator(chunk_size=200):
        kinds = {case.kind, *case.secondary.split()}
        reports = case.reports.all()
        told = any(one.images in ("yes", "unsure") or "images" in one.doors.split() for one in reports)
        if told or OF_IMAGES & kinds:
            Case.objects.filter(pk=case.pk).update(imagery=True)


class Migration(migrations.Migration):

    dependencies = [("incidents", "0008_files_of_a_case")]

    operations = [
        RecordedPython(
            say_so,
            reverse_code=migrations.RunPython.noop,
            why="Each case says from now on whether there may be nude images of somebody under 18",
        ),
    ]
