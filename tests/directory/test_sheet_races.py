"""Two workers at once over one sheet, and over two sheets of the same people: nobody is written twice."""

import os
import subprocess
import sys

from django.conf import settings

from tests.directory.spreadsheets import xlsx_of
from tests.processes import _laid_tables, ask, laid_stores  # noqa: F401 - fixtures

ROWS = 500
HEADS = ["Табельный номер", "Фамилия", "Имя", "Должность"]

#: Sheets of the same people, checked and confirmed; their keys are printed.
PREPARE = """
from django.core.files.base import ContentFile
from django.utils import timezone
from directory.actions import sheets
from directory.models import Account, Municipality, Organisation
city = Municipality.objects.create(title='Гонка', title_genitive='Гонки')
school = Organisation.objects.create(municipality=city, kind='school', title='Школа', short_title='Школа')
by = Account.objects.create_account('deputy@example.org')
now = timezone.now()
for _ in range({count}):
    sheet = sheets.bring(ContentFile(open({path!r}, 'rb').read()), kind='staff', filename='a.xlsx', municipality=city,
                         organisation=school, by=by, at=now)
    sheets.work(sheet.pk, now=now)
    sheet.refresh_from_db()
    sheets.confirm(sheet, seen=sheet.seen, at=now)
    print(sheet.pk, end=' ')
"""
#: Says that it is ready, waits for the other, and works when told to.
WORK = """
import sys
from django.utils import timezone
from directory.actions import sheets
from directory.models import SheetImport
{change}
print('ready', flush=True)
sys.stdin.readline()
print(sheets.work({pk}, now=timezone.now()), flush=True)
"""
#: Every worker takes the sheet for its own: what the claim alone prevents.
UNCLAIMED = "sheets._claimed = lambda pk, now: SheetImport.objects.get(pk=pk)"
COUNT = """
from directory.models import Position, SheetImport, StaffMember
states = SheetImport.objects.order_by('state').values_list('state', flat=True)
print(StaffMember.objects.count(), Position.objects.count(), StaffMember.history.count(), *states)
"""


def prepared(stores, tmp_path, count):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(xlsx_of(HEADS, *([str(place + 1), "Липова", "Дарья", "учитель"] for place in range(ROWS))))
    return ask(stores, PREPARE.format(path=str(path), count=count)).split()


def together(stores, pks, change=""):
    """What two workers answer that are told to begin at the same moment."""
    workers = [
        subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", WORK.format(pk=pk, change=change)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
            env=os.environ | stores,
        )
        for pk in pks
    ]
    try:
        assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * len(pks)
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        return [worker.communicate(timeout=120)[0].strip() for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def test_one_sheet_is_written_by_one_of_two_workers(laid_stores, tmp_path):  # noqa: F811
    (pk,) = prepared(laid_stores, tmp_path, 1)

    told = together(laid_stores, [pk, pk])

    assert sorted(told) == ["False", "True"]
    assert ask(laid_stores, COUNT) == f"{ROWS} {ROWS} {ROWS} written"


def test_without_the_claim_both_take_it_and_still_it_is_written_once(laid_stores, tmp_path):  # noqa: F811
    (pk,) = prepared(laid_stores, tmp_path, 1)

    told = together(laid_stores, [pk, pk], UNCLAIMED)

    assert told == ["True", "True"]
    assert ask(laid_stores, COUNT) == f"{ROWS} {ROWS} {ROWS} written"


def test_two_sheets_of_the_same_people_write_them_once(laid_stores, tmp_path):  # noqa: F811
    pks = prepared(laid_stores, tmp_path, 2)

    told = together(laid_stores, pks)

    assert told == ["True", "True"]
    assert ask(laid_stores, COUNT) == f"{ROWS} {ROWS} {ROWS} checked written"
