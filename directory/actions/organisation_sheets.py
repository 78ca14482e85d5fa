"""A sheet of organisations beside the registry: what would be added and changed, and the writing of all of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from directory.actions.differences import Changed, Difference, Refusal, Row, Scope, difference_of
from directory.actions.progress import Progress
from directory.models import Organisation
from directory.sheets.cells import folded
from directory.sheets.reading import Rows
from directory.texts import Known, organisations_told

BECAUSE = "загружено из таблицы"


@dataclass
class OrganisationPlan:
    """The difference, and the record behind each row that the registry knows."""

    difference: Difference
    rows: dict[int, Row] = field(default_factory=dict)


class Registry:
    """The organisations of a municipality by what a row knows them by."""

    def __init__(self, scope: Scope) -> None:
        self.by_inn: dict[str, Known] = {}
        self.by_title: dict[str, Known] = {}
        organisations = Organisation.objects.filter(municipality=scope.municipality).order_by("pk")
        for known in organisations_told(organisations):
            self.by_title[folded(known.texts["short_title"])] = known
            if known.texts["inn"]:
                self.by_inn[known.texts["inn"]] = known


def compare(rows: Rows, registry: Registry) -> OrganisationPlan:
    """The rows of a sheet beside the registry; nothing is written."""
    plan = OrganisationPlan(difference_of(rows))
    comparison = _Comparison(plan, registry)
    for line, row in rows.by_line():
        comparison.take(line, row)
    return plan


class _Comparison:
    """One pass over the rows of a sheet."""

    def __init__(self, plan: OrganisationPlan, registry: Registry) -> None:
        self.plan, self.registry = plan, registry
        #: Which line was the first to name an ИНН or a title.
        self.named: dict[str, int] = {}

    def take(self, line: int, row: Row) -> None:
        if not self._is_alone(line, row):
            return
        namesake = self.registry.by_title.get(folded(row["short_title"]))
        known = self.registry.by_inn.get(row["inn"])
        if known is None and namesake and "" in (row["inn"], namesake.texts["inn"]):
            known = namesake
        if namesake and namesake is not known:
            why = f"Так уже называется организация с ИНН {namesake.texts['inn'] or 'без номера'}. Проверьте обе ячейки."
            self.plan.difference.refuse(line, Refusal("short_title", row["short_title"], why))
        elif known:
            self._change(line, known, row)
        elif not row["inn"]:
            why = "Здесь пусто. Без ИНН портал не знает, новая ли это организация. Укажите номер."
            self.plan.difference.refuse(line, Refusal("inn", "", why))
        else:
            self.plan.difference.added[line] = row

    def _is_alone(self, line: int, row: Row) -> bool:
        for key in ("inn", "short_title"):
            first = self.named.setdefault(f"{key} {folded(row[key])}", line) if row[key] else line
            if first != line:
                why = f"То же самое стоит в строке {first}. Оставьте одну."
                self.plan.difference.refuse(line, Refusal(key, row[key], why))
                return False
        return True

    def _change(self, line: int, known: Known, row: Row) -> None:
        cells = tuple((key, known.texts[key], text) for key, text in row.items() if known.texts[key] != text)
        if not cells:
            self.plan.difference.same += 1
            return
        self.plan.difference.changed.append(Changed(line, known.record, known.texts["short_title"], cells))
        self.plan.rows[line] = row


def write(plan: OrganisationPlan, scope: Scope, *, at: datetime, progress: Progress) -> None:
    """Write the whole plan; the caller holds the transaction and the lock. A city has dozens, so one by one."""
    changed, added = plan.difference.changed, plan.difference.added
    progress.total = len(changed) + len(added)
    records = Organisation.objects.in_bulk([change.record for change in changed])
    for change in progress.passing(changed):
        _write_one(records[change.record], plan.rows[change.line], scope)
    for row in progress.passing(added.values()):
        _write_one(Organisation(municipality=scope.municipality), row, scope)


def _write_one(organisation: Organisation, row: Row, scope: Scope) -> None:
    for key, text in row.items():
        setattr(organisation, key, date.fromisoformat(text) if key == "closed_on" and text else text or _nothing(key))
    organisation.sign(by=scope.by, because=BECAUSE)
    organisation.save()


def _nothing(key: str) -> str | None:
    return None if key == "closed_on" else ""
