"""What the house's commands are started with."""

from tests.processes import port, start, stores

__all__ = ["port", "start", "stores"]
