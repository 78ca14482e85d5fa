"""Who may sign in to the demo: one login a role, the same password for all."""

from dataclasses import dataclass

from directory.roles import Role
from portal.demo.places import AUTHORITY, CENTRE, school

#: Printed on purpose: the demo holds nobody's data, and a real portal is not started from it.
PASSWORD = "zarechinsk-2026"  # noqa: S105 - the printed password of invented people


@dataclass(frozen=True)
class Login:
    """An account of one of the cast; further appointments let it switch roles."""

    role: Role
    place: str
    further: tuple[tuple[Role, str], ...] = ()

    @property
    def email(self) -> str:
        return f"{self.role}@example.org"

    @property
    def cast(self) -> str:
        """The key of the person in the cast: each role is played by its namesake."""
        return self.role.value


LOGINS = (
    Login(Role.ADMINISTRATOR, CENTRE),
    Login(Role.METHODIST, CENTRE, further=((Role.LEADER, CENTRE),)),
    Login(Role.MANAGER, AUTHORITY),
    Login(Role.DEPUTY, school(9)),
    Login(Role.LEADER, school(2)),
    Login(Role.TEACHER, school(9)),
    Login(Role.EXPERT, CENTRE),
)


def table() -> str:
    """The logins as they are printed after loading, a row a role."""
    width = max(len(login.email) for login in LOGINS)
    rows = [f"  {login.email:<{width}}  {login.role.label}" for login in LOGINS]
    return "\n".join([*rows, f"Пароль у всех один: {PASSWORD}"])
