"""PostgreSQL only: keys of order compared letter by letter, as SQLite does, and an index of trigrams for search."""

from django.db import DatabaseError, migrations, transaction

SORTED = {"directory_staffmember": 320, "directory_organisation": 400}
WITHOUT_TRIGRAMS = (
    "Расширение pg_trgm не установлено: на него нет прав. Портал работает и без него, но поиск по словам "
    "среди десятков тысяч сотрудников медленнее. Чтобы ускорить, попросите администратора базы выполнить "
    "CREATE EXTENSION pg_trgm, затем верните миграцию directory 0009 и примените 0010 снова."
)


def prepare(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for table, length in SORTED.items():
        editor.execute(f'ALTER TABLE {table} ALTER COLUMN sort_key TYPE varchar({length}) COLLATE "C"')
    if not has_trigrams(editor):
        print(f"\n  {WITHOUT_TRIGRAMS}")
        return
    for table in SORTED:
        editor.execute(f"CREATE INDEX {table}_trigrams ON {table} USING gin (search_text gin_trgm_ops)")


def has_trigrams(editor):
    try:
        with transaction.atomic(using=editor.connection.alias):
            editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True


def undo(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for table, length in SORTED.items():
        editor.execute(f"DROP INDEX IF EXISTS {table}_trigrams")
        editor.execute(f'ALTER TABLE {table} ALTER COLUMN sort_key TYPE varchar({length}) COLLATE "default"')


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_lists_saved_views_and_bulk_edits")]

    operations = [migrations.RunPython(prepare, undo)]
