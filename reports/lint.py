"""What speaks against registering an order, found before it gets its number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kit.sorting import searchable
from reports.annex import Content, is_dated
from reports.models import Clause, Order
from roadmaps.comparison import differences
from roadmaps.models import Passage

#: Rows named one by one in a problem; the others are counted.
NAMED = 5
#: A clause about control, whoever worded it.
CONTROL = "контрол"


#: Anchors of the pages on which an order and its roadmap are edited.
HEADING, SIGNATURE, CLAUSES, CLAUSE = "part-heading", "part-signatory_post", "order-clauses", "clause-"
ROADMAP, ROW = "main", "item-"

#: A sentence and the anchor of its place.
Found = tuple[str, str]


class Severity(StrEnum):
    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """A sentence about the order; a warning may be left as it is, the rest may not.

    ``place`` is the anchor where it is mended: of the order's own page, or of the roadmap's («item-7»).
    """

    severity: Severity
    text: str
    place: str

    @property
    def is_of_the_roadmap(self) -> bool:
        return self.place.startswith((ROADMAP, ROW))

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCKING


def problems(order: Order, clauses: Sequence[Clause], content: Content, *, before: Content | None) -> list[Problem]:
    """Everything wrong with an order, what blocks it first. ``before`` is the last edition of its roadmap, if any."""
    blocking = [*_of_the_head(order), *_of_the_clauses(clauses), *_of_the_annex(order, content, before)]
    warnings = [*_of_deadlines(content), *_of_stages(content), *_of_duplicates(content), *_of_remarks(order)]
    return [
        *(Problem(Severity.BLOCKING, *found) for found in blocking),
        *(Problem(Severity.WARNING, *found) for found in warnings),
    ]


def _of_the_head(order: Order) -> Iterator[Found]:
    if not order.heading.strip():
        yield "Нет заголовка приказа.", HEADING
    if not (order.signatory_post.strip() and order.signatory_name.strip()):
        yield "Не указано, кто подписывает: нужны должность и фамилия.", SIGNATURE


def _of_the_clauses(clauses: Sequence[Clause]) -> Iterator[Found]:
    if not clauses:
        yield "В приказе нет ни одного пункта.", CLAUSES
    elif empty := next((clause for clause in clauses if not clause.text.strip()), None):
        yield "В приказе есть пустой пункт: напишите его или удалите.", f"{CLAUSE}{empty.pk}"
    if not any(clause.is_control or CONTROL in clause.text.casefold() for clause in clauses):
        yield "Нет пункта о контроле за исполнением.", CLAUSES


def _of_the_annex(order: Order, content: Content, before: Content | None) -> Iterator[Found]:
    if not any(section["items"] for section in content["sections"]):
        yield "В дорожной карте нет ни одного мероприятия.", ROADMAP
    if order.kind == Order.Kind.AMEND and before is not None and not differences(before, content):
        yield "В дорожную карту ещё не внесено ни одного изменения.", ROADMAP


def _rows(content: Content) -> list[Content]:
    return [item for section in content["sections"] for item in section["items"]]


def _named(rows: Sequence[Content]) -> str:
    """«3, 7 и ещё 2»: rows by their printed numbers, the first words where there is none."""
    names = [row["number"].rstrip(".") or f"«{row['text'][:30]}»" for row in rows[:NAMED]]
    more = f" и ещё {len(rows) - NAMED}" if len(rows) > NAMED else ""
    return ", ".join(names) + more


def _of_deadlines(content: Content) -> Iterator[Found]:
    if rows := [row for row in _rows(content) if not is_dated(row)]:
        yield f"Не указан срок в строках: {_named(rows)}.", f"{ROW}{rows[0]['id']}"


def _of_stages(content: Content) -> Iterator[Found]:
    starts_on, ends_on = date.fromisoformat(content["starts_on"]), date.fromisoformat(content["ends_on"])
    for line in content["passages"].get(Passage.Kind.STAGE, ()):
        stage = Passage.parse_line(Passage.Kind.STAGE, line)
        if stage.starts_on and stage.ends_on and not starts_on <= stage.starts_on <= stage.ends_on <= ends_on:
            yield f"Этап «{stage.text}» выходит за срок дорожной карты.", ROADMAP


def _of_duplicates(content: Content) -> Iterator[Found]:
    rows = [row for row in _rows(content) if row["text"].strip()]
    seen = Counter(searchable(row["text"]) for row in rows)
    if twice := [row for row in rows if seen[searchable(row["text"])] > 1]:
        yield f"Одинаковые мероприятия в строках: {_named(twice)}.", f"{ROW}{twice[0]['id']}"


def _of_remarks(order: Order) -> Iterator[Found]:
    if order.roadmap.remarks:
        yield "У дорожной карты есть непросмотренные замечания к документу.", ROADMAP
