"""A document understood by a child process that a hostile file takes down alone."""

from pathlib import Path
from typing import IO, Any

from kit.confined import Bounds, Refusals, answer_confined, ask_confined

_LONGEST_NAME = 255
_BOUNDS = Bounds()

_REFUSALS = Refusals(
    too_heavy="Файл слишком сложен для разбора: оставьте в нём только таблицу дорожной карты и загрузите снова.",
    too_long="Разбор файла занял слишком много времени: оставьте в нём только дорожную карту и загрузите снова.",
    broken="Файл не удалось разобрать: откройте его, сохраните заново как .docx или .xlsx и загрузите.",
)


def understand_confined(path: Path, filename: str, *, bounds: Bounds = _BOUNDS) -> dict[str, Any]:
    """The understanding of the document at ``path`` as ``UnderstoodRoadmap.as_json`` gives it.

    ``filename`` is what its owner called it. Raises ``Unreadable`` with a sentence for its owner.
    """
    with path.open("rb") as document:
        return ask_confined(__name__, filename[-_LONGEST_NAME:], document, bounds=bounds, refusals=_REFUSALS)


def _understood(filename: str, document: IO[bytes]) -> dict[str, Any]:
    from roadmaps.importers import reading  # noqa: PLC0415 – after the bounds are set

    sheet = reading.read(document.read(reading.MOST_BYTES + 1), filename)
    from roadmaps.importers.understanding import understand  # noqa: PLC0415 – a refused file does not need it

    return understand(sheet).as_json()


if __name__ == "__main__":
    answer_confined(_understood)
