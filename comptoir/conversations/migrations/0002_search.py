"""The full-text index over SearchEntry, kept by the database itself: FTS5 with triggers, or a generated column."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE conversations_search USING fts5(
        folded, scope, content='conversations_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER conversations_search_added AFTER INSERT ON conversations_searchentry BEGIN
        INSERT INTO conversations_search(rowid, folded, scope) VALUES (new.id, new.folded, new.scope); END""",
    """CREATE TRIGGER conversations_search_removed AFTER DELETE ON conversations_searchentry BEGIN
        INSERT INTO conversations_search(conversations_search, rowid, folded, scope)
        VALUES ('delete', old.id, old.folded, old.scope); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER conversations_search_added",
    "DROP TRIGGER conversations_search_removed",
    "DROP TABLE conversations_search",
]
POSTGRESQL = [
    """ALTER TABLE conversations_searchentry
        ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED""",
    "CREATE INDEX conversations_search ON conversations_searchentry USING gin (words)",
]
POSTGRESQL_BACK = ["ALTER TABLE conversations_searchentry DROP COLUMN words"]


def run(statements):
    def on(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return on


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
