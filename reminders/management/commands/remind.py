"""`manage.py remind`: who is to be reminded of what on a day, shown or written and sent."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from deadlines import wording
from directory.models import Municipality
from reminders import mail
from reminders.actions import outbox, rounds
from reminders.actions.rounds import Outlook
from reminders.models import Reminder, Round


class Command(BaseCommand):
    help = (
        "Пройти обход напоминаний: составить письма и отправить всё, что ждёт. Второй раз за день писем не прибавится. "
        "С --on обход идёт так, будто настал этот день; выходной день молчит."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=_day, metavar="ГГГГ-ММ-ДД", help="день обхода; без него — сегодня")
        parser.add_argument("--dry-run", action="store_true", help="только показать, ничего не писать и не отправлять")
        parser.add_argument("--json", action="store_true", help="ответ для программы")

    def handle(self, **options: Any) -> None:
        told = self._foretell(options["on"]) if options["dry_run"] else self._remind(options["on"])
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        elif options["dry_run"]:
            self.stdout.write("\n".join(_for_a_person(told)))
        else:
            self.stdout.write(f"Составлено писем: {told['written']}, отправлено: {told['sent']}.")

    def _remind(self, on: date | None) -> dict[str, Any]:
        now, written = timezone.now(), 0
        for municipality in Municipality.objects.order_by("pk"):
            written += rounds.go(municipality, day=on or rounds.local_day(municipality, now), now=now)
        with mail.post() as deliver:
            return {"written": written, "sent": outbox.send_due(clock=timezone.now, deliver=deliver)}

    def _foretell(self, on: date | None) -> dict[str, Any]:
        now, people = timezone.now(), []
        for municipality in Municipality.objects.order_by("pk"):
            told_on = Round.objects.filter(municipality=municipality).values_list("told_on", flat=True).first()
            day = on or rounds.local_day(municipality, now)
            ahead = rounds.outlook(municipality, day=day, now=now, told_on=told_on)
            people += _people(ahead) if ahead else []
        return {"people": people}


def _people(ahead: Outlook) -> list[dict[str, Any]]:
    subjects = {letter.account_id: letter.subject for letter in rounds.unwritten(ahead.letters)}
    rows = sorted(ahead.planned, key=lambda row: (row.account, row.due_on, row.source))
    return [
        {
            "address": ahead.readers[account].address,
            "letter": subjects.get(account),
            "reminders": [
                {"occasion": row.occasion.value, "due_on": f"{row.due_on}", "title": row.title, "url": row.url}
                for row in rows
                if row.account == account
            ],
        }
        for account in sorted({row.account for row in rows})
    ]


def _for_a_person(told: dict[str, Any]) -> list[str]:
    if not told["people"]:
        return ["Напоминать некому и не о чем."]
    lines = []
    for person in told["people"]:
        lines.append(f"{person['address']} — {person['letter'] or 'только в портале, без письма'}")
        for row in person["reminders"]:
            day = wording.day(date.fromisoformat(row["due_on"]))
            lines.append(f"  {Reminder.Occasion(row['occasion']).label}, до {day}: {row['title']}")
    return lines


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"«{text}» — не дата вида 2026-11-23") from wrong
