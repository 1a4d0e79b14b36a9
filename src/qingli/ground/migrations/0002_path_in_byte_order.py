"""A subtree is one range of paths, so paths are compared byte by byte. SQLite does so anyway; PostgreSQL is told."""

from django.db import migrations


def compare_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE ground_unit ALTER COLUMN path TYPE varchar(200) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_territory_people_posts")]
    operations = [migrations.RunPython(compare_bytes, migrations.RunPython.noop, elidable=False)]
