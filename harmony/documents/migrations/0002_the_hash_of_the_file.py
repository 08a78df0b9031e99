from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField("export", "file_hash", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddIndex("export", models.Index(fields=["fingerprint"], name="exports_by_fingerprint")),
        migrations.AddIndex("export", models.Index(fields=["file_hash"], name="exports_by_hash")),
    ]
