"""The menu as data: label, address, who sees it."""

from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.roles import Permission


@dataclass(frozen=True)
class Link:
    """One line of the menu; ``areas`` are the beginnings of address names that make it current."""

    label: str
    url_name: str
    areas: tuple[str, ...]
    permission: Permission | None = None


@dataclass(frozen=True)
class Group:
    label: str
    links: tuple[Link, ...]


MENU = (
    Group("", (Link("Мои сроки", "reminders:agenda", ("reminders",)),)),
    Group(
        "Работа",
        (
            Link("Дорожные карты", "roadmaps:roadmap-list", ("roadmaps",), Permission.ROADMAP_VIEW),
            Link(
                "Просьбы о переносе",
                "roadmaps:postponement-list",
                ("roadmaps:postponement",),
                Permission.POSTPONEMENT_DECIDE,
            ),
            Link("Приказы", "reports:order-list", ("reports",), Permission.ORDER_VIEW),
            Link("Журналы регистрации", "reports:register-list", ("reports:register",), Permission.ORDER_REGISTER),
            Link(
                "Графики", "roadmaps:schedule-list", ("roadmaps:schedule", "roadmaps:window"), Permission.ROADMAP_VIEW
            ),
        ),
    ),
    Group(
        "Справочник",
        (
            Link(
                "Организации",
                "directory:organisation-list",
                ("directory:organisation", "directory:letterhead"),
                Permission.DIRECTORY_VIEW,
            ),
            Link(
                "Сотрудники",
                "directory:staff-list",
                ("directory:staff", "directory:position", "directory:subject", "directory:consent"),
                Permission.STAFF_VIEW,
            ),
            Link("Рабочие дни", "directory:calendar", ("directory:calendar",), Permission.DIRECTORY_VIEW),
        ),
    ),
    Group(
        "Портал",
        (
            Link(
                "Учётные записи",
                "directory:account-list",
                ("directory:account", "directory:appointment-end", "directory:appointment-give"),
                Permission.ACCOUNT_EDIT,
            ),
            Link("Приглашения", "directory:invitation-list", ("directory:invitation",), Permission.INVITE),
            Link("Обращения к данным", "directory:access-list", ("directory:access",), Permission.PERSONAL_DATA),
            Link("Акты об уничтожении", "reports:destruction-list", ("reports:destruction",), Permission.PERSONAL_DATA),
            Link("Исходящие", "reminders:letter-list", ("reminders:letter",), Permission.OUTBOX_VIEW),
        ),
    ),
)


@cache
def menu_for(permissions: frozenset[Permission]) -> tuple[Group, ...]:
    """The groups and links that these permissions open, empty groups left out."""
    groups = (
        Group(group.label, tuple(link for link in group.links if not link.permission or link.permission in permissions))
        for group in MENU
    )
    return tuple(group for group in groups if group.links)


@cache
def drawn_menu(permissions: frozenset[Permission], area: str) -> SafeString:
    """The menu as HTML: it depends on nothing else, so each is drawn once in the life of a process."""
    return render_to_string("components/menu.html", {"menu": menu_for(permissions), "area": area})
