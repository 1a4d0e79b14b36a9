"""The journal is only ever added to: the database itself refuses anything else.

The one exception is the erasure of a payload: salt and body go, once, and nothing else changes.
"""

from django.db import migrations

APPEND_ONLY = ("archive_entry", "archive_seal", "archive_batch")
ERASURE = "NEW.entry_id = OLD.entry_id AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.body IS NULL AND NEW.salt = ''"


def sqlite():
    for table in APPEND_ONLY:
        for deed in ("update", "delete"):
            yield (
                f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
                f"DROP TRIGGER {table}_no_{deed}",
            )
    yield (
        "CREATE TRIGGER archive_payload_no_delete BEFORE DELETE ON archive_payload "
        "BEGIN SELECT RAISE(ABORT, 'archive_payload is append-only'); END",
        "DROP TRIGGER archive_payload_no_delete",
    )
    yield (
        f"CREATE TRIGGER archive_payload_no_update BEFORE UPDATE ON archive_payload WHEN NOT ({ERASURE}) "
        "BEGIN SELECT RAISE(ABORT, 'archive_payload is append-only'); END",
        "DROP TRIGGER archive_payload_no_update",
    )
    yield (
        "CREATE TRIGGER archive_entry_wait AFTER INSERT ON archive_entry "
        "BEGIN INSERT INTO archive_unsealed (entry_id) VALUES (NEW.id); END",
        "DROP TRIGGER archive_entry_wait",
    )


def postgresql():
    yield (
        "CREATE FUNCTION archive_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$",
        "DROP FUNCTION archive_append_only",
    )
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION archive_append_only()",
            f"DROP TRIGGER {table}_append_only ON {table}",
        )
    yield (
        "CREATE TRIGGER archive_payload_no_delete BEFORE DELETE ON archive_payload "
        "FOR EACH ROW EXECUTE FUNCTION archive_append_only()",
        "DROP TRIGGER archive_payload_no_delete ON archive_payload",
    )
    yield (
        f"CREATE TRIGGER archive_payload_no_update BEFORE UPDATE ON archive_payload FOR EACH ROW WHEN (NOT ({ERASURE})) "
        "EXECUTE FUNCTION archive_append_only()",
        "DROP TRIGGER archive_payload_no_update ON archive_payload",
    )
    yield (
        "CREATE FUNCTION archive_wait() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO archive_unsealed (entry_id) VALUES (NEW.id); RETURN NEW; END $$",
        "DROP FUNCTION archive_wait",
    )
    yield (
        "CREATE TRIGGER archive_entry_wait AFTER INSERT ON archive_entry FOR EACH ROW EXECUTE FUNCTION archive_wait()",
        "DROP TRIGGER archive_entry_wait ON archive_entry",
    )


STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}


def lock(apps, schema_editor):
    for forward, _ in STATEMENTS[schema_editor.connection.vendor]():
        schema_editor.execute(forward, params=None)


def unlock(apps, schema_editor):
    for _, backward in reversed(list(STATEMENTS[schema_editor.connection.vendor]())):
        schema_editor.execute(backward, params=None)


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_journal_and_files")]
    operations = [migrations.RunPython(lock, unlock)]
