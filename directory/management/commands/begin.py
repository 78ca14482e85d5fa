"""`manage.py begin`: the first municipality of a portal, its centre, and an account that may work there."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from directory.actions.beginnings import begin
from directory.models import Account
from directory.roles import Role


class Command(BaseCommand):
    help = "Завести муниципалитет, его методический центр и учётную запись. Пароль спрашивается или читается со ввода."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("municipality", help="название, например: Заречинск")
        parser.add_argument("--genitive", required=True, help="в родительном падеже, например: Заречинска")
        parser.add_argument("--centre", required=True, help="короткое название методического центра")
        parser.add_argument("--email", required=True, help="почта для входа")
        parser.add_argument("--role", choices=Role.values, default=Role.METHODIST.value, help="роль, обычно методист")

    def handle(self, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as refusal:
            raise CommandError(f"«{email}» не похоже на адрес электронной почты.") from refusal
        if Account.objects.filter(email=email).exists():
            raise CommandError(f"Учётная запись {email} уже есть.")
        password = _password()
        try:
            validate_password(password)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        account = begin(
            municipality=options["municipality"],
            genitive=options["genitive"],
            centre=options["centre"],
            email=email,
            password=password,
            role=Role(options["role"]),
        )
        self.stdout.write(f"Готово: {account.acting_as}. Вход: {email}")


def _password() -> str:
    """Typed unseen by a person, or one line from a program."""
    if sys.stdin.isatty():
        return getpass.getpass("Пароль: ")
    return sys.stdin.readline().rstrip("\n")
