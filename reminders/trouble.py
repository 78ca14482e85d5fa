"""What kept a letter from being delivered: in words for people, and what follows from it."""

import smtplib
from dataclasses import dataclass

#: From this answer on a server means it for good; below it asks to try again.
FOR_GOOD = 500
#: «Service not available, closing transmission channel»: no answer about this letter, but a farewell.
CLOSING = 421


@dataclass(frozen=True)
class Trouble:
    """``is_final``: trying again is useless; ``is_servers``: the next letter would meet the same."""

    words: str
    is_final: bool = False
    is_servers: bool = False


def trouble(error: Exception) -> Trouble | None:
    """What the failure of a delivery means, or nothing when it is no trouble of the mail."""
    found = None
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            code, answer = next(iter(recipients.values()))
            found = _answered("Сервер не принимает письма на этот адрес", code, answer)
        case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=answer):
            found = Trouble(f"Почтовый сервер не пускает портал: {_said(code, answer)}", is_servers=True)
        case smtplib.SMTPSenderRefused(smtp_code=code, smtp_error=answer):
            found = Trouble(f"Сервер не принимает писем от портала: {_said(code, answer)}", is_servers=True)
        case smtplib.SMTPDataError(smtp_code=code, smtp_error=answer):
            found = _answered("Сервер не принял письмо", code, answer)
        # smtplib tells of a silent server as of a broken connection.
        case TimeoutError() | smtplib.SMTPServerDisconnected(__context__=TimeoutError()):
            found = Trouble("Почтовый сервер молчит.", is_servers=True)
        case ConnectionRefusedError():
            found = Trouble("Почтовый сервер не принимает соединений.", is_servers=True)
        case smtplib.SMTPServerDisconnected():
            found = Trouble("Почтовый сервер прервал соединение.", is_servers=True)
        case OSError():  # every other word of SMTP among them
            found = Trouble(f"Нет связи с почтовым сервером: {error}", is_servers=True)
        case ValueError():
            found = Trouble(f"Письмо нельзя отправить: {error}.", is_final=True)
    return found


def _answered(words: str, code: int, answer: bytes | str) -> Trouble:
    return Trouble(f"{words}: {_said(code, answer)}", is_final=code >= FOR_GOOD, is_servers=code == CLOSING)


def _said(code: int, answer: bytes | str) -> str:
    """The server's own words, in one line."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"
