"""Reads the environment loudly: what it does not understand it refuses by the variable's name."""

import os
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "on", "true", "yes"}
FALSE = {"0", "off", "false", "no", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def number(name: str, default: int) -> int:
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from error


def flag(name: str, *, default: bool = False) -> bool:
    raw = text(name, "on" if default else "off").lower()
    if raw in TRUE:
        return True
    if raw in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be on or off, not {raw!r}.")


def words(name: str, default: str = "") -> list[str]:
    """Words of a comma-separated variable, without empty ones."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str) -> dict[str, Any] | None:
    """Django's database settings from an address such as postgresql://user@host/base, or None when it is not set."""
    address = text(name)
    return environ.Env.db_url_config(address) if address else None


def mail(name: str) -> dict[str, Any]:
    """Django's mail settings from an address such as smtp+tls://user:password@host:587; empty when it is not set."""
    address = text(name)
    if not address:
        return {}
    try:
        return dict(environ.Env.email_url_config(address))
    except (KeyError, ImproperlyConfigured, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is not a mail server's address: {error}.") from error


def secret(name: str, kept_in: Path) -> str:
    """The secret from the environment, else from a file made once beside the data, readable by its owner only."""
    if given := text(name):
        return given
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(secrets.token_urlsafe(50))
    return kept_in.read_text().strip()
