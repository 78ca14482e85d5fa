"""The post of a portal without a mail server: each letter is laid into a folder as a file that a mail program opens."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage as Made
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

#: What may stand in the name of a file anywhere; an address may hold more.
STRANGE = re.compile(r"[^\w.@+-]")
LONGEST_ADDRESS = 100


class EmailBackend(BaseEmailBackend):
    """A letter has one file however often it is tried, and the file is whole or not there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.LETTERS_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            letter = message.message()
            lay(settings.LETTERS_DIR / name_of(letter), letter.as_bytes())
        return len(email_messages)


def name_of(letter: Made) -> str:
    """«2026-11-22 07-30 reader@example.org 3f2a91c4.eml»: in the order of writing, and the same on every try."""
    moment = parsedate_to_datetime(letter["Date"])
    written = timezone.localtime(moment.replace(tzinfo=moment.tzinfo or UTC))  # Django's own «-0000» names no zone
    address = told_in_names(letter["To"] or "")
    return f"{written:%Y-%m-%d %H-%M} {address} {sha256(letter['Message-ID'].encode()).hexdigest()[:8]}.eml"


def told_in_names(address: str) -> str:
    """An address as the names of files tell it."""
    return STRANGE.sub("_", address)[:LONGEST_ADDRESS]


def files() -> list[Path]:
    return sorted(settings.LETTERS_DIR.glob("*.eml"))


def laid() -> Iterator[tuple[Path, str]]:
    """Every letter of the folder and all that can be read in it: to whom, about what, both its texts."""
    for file in files():
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        texts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
        yield file, " ".join([letter["To"] or "", letter["Subject"] or "", *texts])


def lay(file: Path, content: bytes) -> None:
    """Letters of invitation lead into the portal, so nobody but its owner reads the folder."""
    part = file.with_name(f".{file.name}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
        written.write(content)
    part.replace(file)
