"""What roadmaps hold of a person: items and roadmaps that name the person, and documents brought with the name."""

import json
from collections.abc import Iterable

from directory.holdings import Farewell, Holding, Told, told_of
from directory.models import StaffMember
from kit.sorting import searchable
from roadmaps.models import Party, Roadmap, RoadmapImport, RoadmapItem


def parties(person: StaffMember) -> Iterable[Told]:
    named = Party.objects.filter(staff_member=person).select_related("item__section__roadmap").order_by("pk")
    return [
        told_of(each, "label") | {"мероприятие": each.item.text, "дорожная карта": str(each.item.section.roadmap)}
        for each in named
    ]


def erase_from_drafts(farewell: Farewell) -> int:
    """The cell of a draft and its past versions; an approved text is a document and stays as it was signed."""
    drafted = Party.objects.filter(staff_member=farewell.person, item__section__roadmap__state=Roadmap.State.DRAFT)
    met = 0
    for party in drafted.select_related("item"):
        _replace(party, farewell.name)
        met += 1
    return met


def _replace(party: Party, name: str) -> None:
    item = RoadmapItem.objects.get(pk=party.item_id)
    RoadmapItem.objects.filter(pk=item.pk).update(responsible=item.responsible.replace(party.label, name))
    for version in RoadmapItem.history.filter(id=item.pk, responsible__contains=party.label):
        responsible = version.responsible.replace(party.label, name)
        RoadmapItem.history.filter(pk=version.pk).update(responsible=responsible, history_change_reason=None)
    Party.objects.filter(pk=party.pk).update(label=name, key=searchable(name))


def controls(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "title", "state") for each in Roadmap.objects.filter(controller=person).order_by("pk")]


def erase_reasons(farewell: Farewell) -> int:
    """A merge has moved roadmaps to another record of the person and told each of them why, in words typed by hand."""
    told = Roadmap.history.filter(controller__in=farewell.people).exclude(history_change_reason=None)
    return int(told.update(history_change_reason=None))


def imports(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "filename", "brought_at", "confirmed_at") for each in _naming(person, person.last_name)]


def _naming(person: StaffMember, surname: str) -> list[RoadmapImport]:
    """Brought documents in which the surname stands as a word."""
    brought = RoadmapImport.objects.filter(municipality=person.municipality_id).order_by("pk")
    sought = f" {searchable(surname)} "
    return [each for each in brought.iterator() if sought in f" {_said_in(each)} "]


def _said_in(brought: RoadmapImport) -> str:
    return searchable(brought.filename, json.dumps(brought.understood, ensure_ascii=False))


def erase_imports(farewell: Farewell) -> int:
    """What was brought and not confirmed is a draft, what was confirmed stands in the roadmap: both copies go."""
    gone = [each.pk for each in _naming(farewell.person, farewell.person.last_name)]
    return RoadmapImport.objects.filter(pk__in=gone).delete()[0]


HOLDINGS = (
    Holding(
        "Мероприятия, где сотрудник назван", parties, "имя в черновиках дорожных карт и их прежних версиях",
        erase_from_drafts, "имя в тексте утверждённых дорожных карт и их редакций: документы хранятся постоянно",
    ),
    Holding(
        "Контроль дорожных карт", controls, "пояснения в истории карт под контролем сотрудника", erase_reasons,
        "ссылка на карточку без имени",
    ),
    Holding(
        "Загруженные документы", imports, "прочитанное из загруженных документов, где назван сотрудник", erase_imports,
    ),
)  # fmt: skip
