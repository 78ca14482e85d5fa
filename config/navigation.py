"""The menu as data: label, address, who sees it."""

from dataclasses import dataclass

from directory.models import Account
from directory.roles import Permission


@dataclass(frozen=True)
class Link:
    """One line of the menu; ``area`` is the address namespace that makes it current."""

    label: str
    url_name: str
    area: str
    permission: Permission | None = None


@dataclass(frozen=True)
class Group:
    label: str
    links: tuple[Link, ...]


MENU = (
    Group("", (Link("Мои сроки", "portal:home", "portal"),)),
    Group(
        "Работа",
        (
            Link("Дорожные карты", "roadmaps:roadmap-list", "roadmaps", Permission.ROADMAP_VIEW),
            Link(
                "Просьбы о переносе",
                "roadmaps:postponement-list",
                "roadmaps:postponement",
                Permission.POSTPONEMENT_DECIDE,
            ),
            Link("Графики", "roadmaps:schedule-list", "roadmaps:schedule", Permission.ROADMAP_VIEW),
        ),
    ),
    Group(
        "Справочник",
        (
            Link("Организации", "directory:organisation-list", "directory:organisation", Permission.DIRECTORY_VIEW),
            Link("Сотрудники", "directory:staff-list", "directory:staff", Permission.STAFF_VIEW),
        ),
    ),
)


def menu_for(account: Account) -> list[Group]:
    """The groups and links this account may open, empty groups left out."""
    groups = (
        Group(group.label, tuple(link for link in group.links if not link.permission or account.holds(link.permission)))
        for group in MENU
    )
    return [group for group in groups if group.links]
