"""Reads a deadline phrase and prints what it comes to within a period."""

import json
import sys
from argparse import ArgumentTypeError
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deadlines.phrases import read
from deadlines.span import Basis, Period, Reading
from deadlines.wording import span, understood
from deadlines.year import default_basis

WRONG_ARGUMENTS = 2


class Command(BaseCommand):
    help = "Читает срок и печатает даты, которые он назначает в период дорожной карты."
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = _refuse  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phrase", help="срок, как он написан")
        parser.add_argument(
            "--from", dest="starts_on", required=True, type=_day, help="первый день периода, ГГГГ-ММ-ДД"
        )
        parser.add_argument("--to", dest="ends_on", required=True, type=_day, help="последний день периода, ГГГГ-ММ-ДД")
        parser.add_argument("--basis", type=_basis, help="calendar или academic; без него — по началу периода")
        parser.add_argument("--json", action="store_true", help="ответ для программы")

    def run_from_argv(self, argv: list[str]) -> None:
        """Answer wrong arguments with one line and exit code 2; a phrase itself cannot be wrong."""
        try:
            parser = self.create_parser(argv[0], argv[1])
            options = vars(parser.parse_args(_phrase_last(argv[2:], parser)))
            self.execute(options.pop("phrase"), **options)
        except CommandError as wrong:
            sys.stderr.write(f"{wrong}\n")
            sys.exit(wrong.returncode)

    def handle(self, *args: Any, **options: Any) -> None:
        phrase = args[0] if args else options["phrase"]
        if options["ends_on"] < options["starts_on"]:
            _refuse("--to раньше --from")
        period = Period(options["starts_on"], options["ends_on"])
        # Bytes that are no text arrive as lone surrogates, which no output can write.
        phrase = phrase.encode(errors="surrogateescape").decode(errors="replace")
        reading = read(phrase, period, options["basis"] or default_basis("", period))
        self.stdout.write(_as_json(reading) if options["json"] else _for_a_person(reading))


def _refuse(message: str) -> NoReturn:
    raise CommandError(f"Неверные аргументы: {message}", returncode=WRONG_ARGUMENTS)


def _phrase_last(arguments: list[str], parser: CommandParser) -> list[str]:
    """Arguments with a phrase that starts with a dash («-», «- май») moved behind «--», where it is no option."""
    options = parser._option_string_actions  # noqa: SLF001 - argparse has no public list of its options
    for index, argument in enumerate(arguments):
        before = options.get(arguments[index - 1]) if index else None
        is_value = before is not None and before.nargs is None
        is_option = argument.split("=")[0] in options or (argument == "--" and index > 0)
        if argument.startswith("-") and not is_value and not is_option:
            return [*arguments[:index], *arguments[index + 1 :], "--", argument]
    return arguments


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"«{text}» — не дата вида 2024-09-01") from wrong


def _basis(text: str) -> Basis:
    try:
        return Basis(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"«{text}» — не calendar и не academic") from wrong


def _as_json(reading: Reading) -> str:
    answer = {
        "phrase": reading.phrase,
        "kind": reading.kind.value,
        "schedule": reading.schedule,
        "points": [{"start": f"{point.starts_on}", "due": f"{point.due_on}"} for point in reading.points],
        "warnings": list(reading.warnings),
    }
    return json.dumps(answer, ensure_ascii=False)


def _for_a_person(reading: Reading) -> str:
    lines = [f"{reading.phrase or '(пусто)'}: {understood(reading)}"]
    lines += [f"  {span(point)}" for point in reading.points]
    lines += [f"  ! {warning}" for warning in reading.warnings]
    return "\n".join(lines)
