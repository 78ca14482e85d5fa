"""`manage.py demo` fills an empty portal with an invented city and prints how to sign in."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo import building, logins


class Command(BaseCommand):
    help = "Загружает в пустую базу демонстрационный город и печатает, как войти."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="ГГГГ-ММ-ДД", help="день, на который всё сложено; обычно сегодня"
        )
        parser.add_argument("--if-empty", action="store_true", help="не считать ошибкой, что в базе уже есть данные")
        parser.add_argument(
            "--logins", action="store_true", help="только напечатать, как войти, если демонстрация загружена"
        )

    def handle(self, **options: Any) -> None:
        if options["logins"]:
            # A portal with data of its own has nobody to whom this password belongs.
            if building.is_demo():
                self.stdout.write(logins.table())
            return
        try:
            municipality = building.build(today=options["on"] or timezone.localdate())
        except building.PortalInUse as refusal:
            if not options["if_empty"]:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write("В базе уже есть данные, демонстрационный город не загружается.")
            return
        self.stdout.write(f"Загружен демонстрационный город {municipality}. Вход:\n{logins.table()}")
