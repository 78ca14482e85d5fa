"""The second step of signing in: a code of the telephone's application, or one of ten recovery codes (django-otp).

Recovery codes are kept as the portal's own fingerprints of them, so the table gives none away.
"""

import secrets

from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.models import Account
from directory.roles import Permission

RECOVERY_CODES = 10
#: Without those that are taken for one another when written by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
HALF = 5
#: As many characters as a row of django-otp holds: 64 bits.
FINGERPRINT = 16
TOTP_DIGITS = 6


def is_on(account: Account) -> bool:
    return TOTPDevice.objects.filter(user=account, confirmed=True).exists()


def is_wanted(account: Account) -> bool:
    """Whether the municipality wants the account to sign in with a code: in a role that registers orders."""
    place = account.municipality
    return place is not None and place.asks_second_factor and account.holds(Permission.ORDER_REGISTER)


def is_missing(account: Account) -> bool:
    return is_wanted(account) and not is_on(account)


def codes_left(account: Account) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=account))


@transaction.atomic
def begin(account: Account) -> None:
    """A new key, good for nothing until a code made with it comes back."""
    TOTPDevice.objects.filter(user=account, confirmed=False).delete()
    TOTPDevice.objects.create(user=account, name="приложение", confirmed=False)


def begun(account: Account) -> TOTPDevice | None:
    """The device with the key that waits for its first code."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=account, confirmed=False).first()
    return device


@transaction.atomic
def confirm(account: Account, code: str) -> list[str]:
    """Turn the second step on with the first code; returns the recovery codes, none where the code is wrong."""
    device = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=False).first()
    if device is None or not device.verify_token(_tidy(code)):
        return []
    TOTPDevice.objects.filter(user=account, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    _remember(account, by=account, because="включён вход с кодом")
    return renew_codes(account)


@transaction.atomic
def renew_codes(account: Account) -> list[str]:
    """Ten fresh recovery codes instead of those there are; nobody can read them again."""
    StaticDevice.objects.filter(user=account).delete()
    device = StaticDevice.objects.create(user=account, name="коды восстановления")
    codes = ["-".join(_half() for _ in range(2)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=_fingerprint(code))
    return codes


@transaction.atomic
def accepts(account: Account, code: str) -> bool:
    """Whether the code is right now: one of the application, or a recovery code, which is spent by that.

    A wrong one puts the next try off, each time twice as long.
    """
    typed = _tidy(code)
    if len(typed) == TOTP_DIGITS and typed.isdecimal():
        device = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=True).first()
    else:
        device = StaticDevice.objects.select_for_update().filter(user=account).first()
        typed = _fingerprint(typed)
    return device is not None and bool(device.verify_token(typed))


@transaction.atomic
def turn_off(account: Account, *, by: Account, because: str) -> None:
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()
    _remember(account, by=by, because=because)


def _remember(account: Account, *, by: Account, because: str) -> None:
    account.sign(by=by, because=because)
    account.save(update_fields=["is_active"])


def _half() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))


def _tidy(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _fingerprint(code: str) -> str:
    return salted_hmac("directory.recovery", _tidy(code), algorithm="sha256").hexdigest()[:FINGERPRINT]
