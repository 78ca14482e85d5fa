"""The registry as a sheet of staff sees it: positions, people, places and subjects by what a row knows them by."""

from collections.abc import Collection
from functools import cached_property

from directory.actions.differences import Row, Scope
from directory.models import Organisation, Position, Subject
from directory.sheets.cells import folded
from directory.texts import KnownPosition, Positions

_NAME = ("last_name", "first_name", "patronymic")
#: People of one organisation by what tells them apart when there is no number: the place, and the name folded.
Who = tuple[int, str]


def name_of(texts: Row) -> str:
    return " ".join(filter(None, (texts.get(key, "") for key in _NAME)))


def who(place: int, texts: Row) -> Who:
    name = f"{texts['last_name']} {texts['first_name']} {texts.get('patronymic', '')}"
    return place, name.casefold().replace("ё", "е")


class Registry:
    """What a sheet may touch or name; read before the sheet is, and told in its columns when they are known."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        titles = Subject.objects.filter(municipality=scope.municipality).values_list("title", flat=True)
        self.subjects = {folded(title): title for title in titles}
        #: Organisations by what a row names them by, and the other way round.
        self.inns: dict[str, int] = {}
        self.titles: dict[str, int] = {}
        self.named: dict[int, dict[str, str]] = {}
        places = Organisation.objects.filter(municipality=scope.municipality)
        for pk, inn, title in places.values_list("pk", "inn", "short_title"):
            self.titles[folded(title)] = pk
            self.named[pk] = {"inn": inn, "place": title}
            if inn:
                self.inns[inn] = pk
        positions = Position.objects.filter(organisation__municipality=scope.municipality)
        if scope.organisation:
            positions = positions.filter(organisation=scope.organisation)
        self._positions = Positions(positions.order_by("pk"))
        self.known: list[KnownPosition] = []
        #: Positions by place, number and last day.
        self.numbered: dict[tuple[int, str, str], KnownPosition] = {}

    def tell(self, keys: Collection[str]) -> None:
        """Know the positions by the texts of these columns."""
        self.known = list(self._positions.told(keys))
        self.numbered = {(known.place, known.texts["number"], known.texts["ends_on"]): known for known in self.known}

    @cached_property
    def unnumbered(self) -> dict[tuple[Who, str], list[KnownPosition]]:
        """Positions without a number by place, name and title."""
        unnumbered: dict[tuple[Who, str], list[KnownPosition]] = {}
        for known in self.known:
            if not known.texts["number"]:
                unnumbered.setdefault((who(known.place, known.texts), folded(known.texts["title"])), []).append(known)
        return unnumbered

    @cached_property
    def people(self) -> dict[Who, dict[int, KnownPosition]]:
        """By place and name, the people with their last position; made when a sheet brings somebody new."""
        people: dict[Who, dict[int, KnownPosition]] = {}
        for known in self.known:
            people.setdefault(who(known.place, known.texts), {})[known.person] = known
        return people

    def find(self, place: int, row: Row) -> KnownPosition | None:
        """The position a row speaks of; one that is over is found by its last day, or it is just now ending."""
        number, ends_on = row.get("number", ""), row.get("ends_on", "")
        if number:
            known = self.numbered.get((place, number, ends_on))
            if known is None and ends_on:
                known = self.numbered.get((place, number, ""))
            if known:
                return known
        if not self.unnumbered:
            return None
        key = who(place, row), folded(row["title"])
        same = [known for known in self.unnumbered.get(key, ()) if known.texts["ends_on"] in {"", ends_on}]
        return same[0] if len(same) == 1 else None
