"""`python -m bench.sheets`: fifty thousand people from a sheet, held against reading it and one COPY of its rows."""

import csv
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

ROWS, SCHOOLS, ROUNDS = 50_000, 40, 5
#: Reading with every check and the whole difference, beside reading with the same library and one COPY; a sheet that
#: comes again, beside that and one bare SELECT of the people it is compared with. The second goal is wider: every
#: record becomes the texts of a sheet by the same rules on both databases, which neither COPY nor SELECT does.
GOAL, GOAL_AGAIN = 1.8, 2.0
MOST_MIB = 300
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
LETTERS = "абвгдежзик"


def long_sheets_are_quick() -> bool:
    """Whether a long sheet is checked as quickly as it should be; measured in a process of its own."""
    return subprocess.run([sys.executable, "-m", "bench.sheets"], check=False).returncode == 0


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staff.xlsx"
        city, account = surroundings()
        path.write_bytes(long_sheet(city))
        first = beside(lambda: floor(path), lambda: checked(path, city, account))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        writing = seconds(lambda: written(path, city, account))
        know_the_tables()
        again = beside(lambda: floor_again(path, city), lambda: checked(path, city, account))
        untouched = checked(path, city, account).is_empty
    return report(first, again, writing=writing, peak=peak, untouched=untouched)


def beside(floor: Callable[[], object], work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the work, and how many times the floor that is; turn by turn, since others use the machine too."""
    rounds = [(seconds(floor), seconds(work)) for _ in range(ROUNDS)]
    return statistics.median(spent for _, spent in rounds), statistics.median(spent / base for base, spent in rounds)


def know_the_tables() -> None:
    """What the database does by itself within a minute of so many new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def surroundings() -> tuple[Any, Any]:
    from directory.models import Account, Municipality, Organisation

    city = Municipality.objects.create(title="Табличинск", title_genitive="Табличинска")
    for place in range(SCHOOLS):
        Organisation.objects.create(
            municipality=city, kind="school", title=f"Школа {place}", short_title=f"Школа {place}", inn=inn_of(place)
        )
    return city, Account.objects.create_account("sheets@example.org")


def inn_of(place: int) -> str:
    digits = f"66{place:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return f"{digits}{sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10}"


def long_sheet(city: Any) -> bytes:
    """Eight columns, as the yardstick has: whole names that do not repeat, days, words, numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["ИНН", "Табельный номер", "Фамилия", "Имя", "Должность", "Принят с", "Год рождения", "Категория"])
    for place in range(ROWS):
        surname = "Липов" + "".join(LETTERS[int(digit)] for digit in str(place))
        began = date(2000 + place % 25, 1 + place % 12, 1)
        sheet.append([inn_of(place % SCHOOLS), place, surname, "Дарья", "учитель", began, 1960 + place % 20, "первая"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def floor(path: Path) -> None:
    """Reading with the fastest library and one COPY of what was read into a table without an index."""
    import python_calamine
    from django.db import connection

    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    lines.seek(0)
    columns = ", ".join(f"c{place} text" for place in range(len(rows[0])))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE floor_rows ({columns})")
        cursor.copy_expert("COPY floor_rows FROM STDIN (FORMAT csv)", lines)
        cursor.execute("DROP TABLE floor_rows")


def floor_again(path: Path, city: Any) -> None:
    """The same, and one SELECT of the columns of the sheet for everybody it may speak of."""
    from django.db import connection

    floor(path)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inn, number, last_name, first_name, directory_position.title, starts_on, birth_year, category "
            "FROM directory_position JOIN directory_staffmember ON staff_member_id = directory_staffmember.id "
            "JOIN directory_organisation ON organisation_id = directory_organisation.id "
            "WHERE directory_organisation.municipality_id = %s",
            [city.pk],
        )
        cursor.fetchall()


def checked(path: Path, city: Any, account: Any) -> Any:
    """The whole test run: the child, every check, the difference and the report."""
    from directory.actions.differences import report_of
    from directory.sheets.staff import STAFF

    difference = compared(path, city, account)[0].difference
    difference.mark()
    report_of(difference, STAFF)
    return difference


def compared(path: Path, city: Any, account: Any) -> Any:
    from directory.actions import sheets
    from directory.actions.differences import Scope

    scope = Scope(city, None, account)
    return sheets.compare_file(path, "staff", scope)[0], scope


def written(path: Path, city: Any, account: Any) -> None:
    """People, positions and a version of each: four tables with their indexes, in one transaction."""
    from django.db import transaction

    from directory.actions import staff_writing
    from directory.actions.progress import Progress

    with transaction.atomic():
        plan, scope = compared(path, city, account)
        staff_writing.write(plan, scope, at=NOW, progress=Progress(path.with_suffix(".note")))


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def report(
    first: tuple[float, float], again: tuple[float, float], *, writing: float, peak: float, untouched: bool
) -> int:
    """Print what was measured; the writing is told, the test run and the repetition decide."""
    (new, new_ratio), (same, same_ratio) = first, again
    missed = not untouched or new_ratio > GOAL or same_ratio > GOAL_AGAIN or peak > MOST_MIB
    print(
        f"sheet of {ROWS} people: checked with difference {new:.2f} s = {new_ratio:.2f} of reading and one COPY, "
        f"goal ≤ {GOAL}; the same again {same:.2f} s = {same_ratio:.2f} of that and one SELECT, goal ≤ {GOAL_AGAIN}; "
        f"peak of the child {peak:.0f} MiB, goal ≤ {MOST_MIB}{'  MISSED' if missed else ''}"
    )
    print(f"  written into four tables with their histories in {writing:.1f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
