"""A worker killed in the middle of a sheet: nothing half written, and another takes the sheet up again."""

import os
import signal
import subprocess
import sys

from django.conf import settings

from tests.directory.spreadsheets import xlsx_of
from tests.processes import ask, stores  # noqa: F401 - a fixture

ROWS = 1_000
#: Before people are written; before positions are, with people and their versions in the database already.
POINTS = (1, 3)
HEADS = ["Табельный номер", "Фамилия", "Имя", "Должность"]

PREPARE = """
from django.core.files.base import ContentFile
from django.utils import timezone
from directory.actions import sheets
from directory.models import Account, Municipality, Organisation
city = Municipality.objects.create(title='Обрыв', title_genitive='Обрыва')
school = Organisation.objects.create(municipality=city, kind='school', title='Школа', short_title='Школа')
by = Account.objects.create_account('deputy@example.org')
now = timezone.now()
sheet = sheets.bring(ContentFile(open({path!r}, 'rb').read()), kind='staff', filename='a.xlsx', municipality=city,
                     organisation=school, by=by, at=now)
sheets.work(sheet.pk, now=now)
sheet.refresh_from_db()
sheets.confirm(sheet, seen=sheet.seen, at=now)
print(sheet.pk)
"""
#: Works as the worker does; stands still at one of its steps until it is killed there.
WORK = """
import sys, time
from django.utils import timezone
from directory.actions import sheets, staff_writing
from kit import bulk
step = 0
def counting(verb):
    def counted(*args, **options):
        global step
        step += 1
        if step == {point}:
            print('here', flush=True)
            time.sleep(60)
        return verb(*args, **options)
    return counted
bulk.insert, staff_writing.remember = counting(bulk.insert), counting(staff_writing.remember)
sheets.work({pk}, now=timezone.now() + {leases} * sheets.LEASE)
"""
COUNT = """
from directory.models import Position, SheetImport, StaffMember
print(StaffMember.objects.count(), Position.objects.count(), StaffMember.history.count(), SheetImport.objects.get().state)
"""
AGAIN = """
from django.utils import timezone
from directory.actions import sheets
later = timezone.now() + {leases} * sheets.LEASE
print(*[sheets.work(pk, now=later) for pk in sheets.waiting(later)])
"""


def manage(stores, *words):  # noqa: F811
    return [sys.executable, "manage.py", *words], {"cwd": settings.BASE_DIR, "env": os.environ | stores}


def test_a_worker_killed_while_writing_leaves_nothing_and_another_finishes(stores, tmp_path):  # noqa: F811
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(xlsx_of(HEADS, *([str(place + 1), "Липова", "Дарья", "учитель"] for place in range(ROWS))))
    command, options = manage(stores, "migrate", "--verbosity", "0")
    subprocess.run(command, check=True, **options)
    pk = ask(stores, PREPARE.format(path=str(path)))

    for leases, point in enumerate(POINTS):
        words = WORK.format(point=point, leases=leases, pk=pk)
        command, options = manage(stores, "shell", "--verbosity", "0", "--command", words)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options) as worker:
            assert worker.stdout.readline() == "here\n"
            os.kill(worker.pid, signal.SIGKILL)

        assert ask(stores, COUNT) == "0 0 0 writing"

    assert ask(stores, AGAIN.format(leases=len(POINTS))) == "True"
    assert ask(stores, COUNT) == f"{ROWS} {ROWS} {ROWS} written"
