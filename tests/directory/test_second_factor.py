"""The second step of signing in: turned on by a code, asked at the door, turned off by its owner or for a reason."""

import re
import time
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.actions import secondfactor
from directory.models import Account
from directory.roles import Role
from tests.factories import directory, reports

DOOR, CODE = reverse("directory:signin"), reverse("directory:signin-code")
HOME = reverse("reminders:agenda")
STATE = reverse("directory:second-factor")
CONFIRM = reverse("directory:second-factor-confirm")
OFF = reverse("directory:second-factor-off")


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def manager(centre):
    return directory.reader(Role.MANAGER, centre)


@pytest.fixture
def codes(manager):
    """The recovery codes of a manager who has turned the second step on."""
    secondfactor.begin(manager)
    return secondfactor.confirm(manager, code_of(manager))


def code_of(account):
    """What the telephone shows now, or next where that has been taken already, on however slow a machine."""
    TOTPDevice.objects.filter(user=account).update(tolerance=20)
    device = TOTPDevice.objects.get(user=account)
    totp = TOTP(device.bin_key)
    totp.time = max(time.time(), 30 * (device.last_t + 1))
    return f"{totp.token():06d}"


def wrong_code(account):
    """No code of the hour around now."""
    totp, now, right = TOTP(TOTPDevice.objects.get(user=account).bin_key), time.time(), set()
    for step in range(-60, 60):
        totp.time = now + 30 * step
        right.add(totp.token())
    return next(f"{number:06d}" for number in range(200) if number not in right)


def halfway(account, client=None):
    client = client or Client()
    client.post(DOOR, {"username": account.email, "password": directory.PASSWORD})
    return client


def words(answer):
    return answer.content.decode()


def allow_at_once():
    """As if the pause after a wrong code were over."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)


def test_it_is_turned_on_by_a_code_and_ten_recovery_codes_are_shown_once(manager, signed_in):
    client = signed_in(manager)
    client.post(reverse("directory:second-factor-begin"))
    page = words(client.get(CONFIRM))
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1]

    shown = words(client.post(CONFIRM, {"code": code_of(manager)}))

    codes = re.findall(r"<li><code>([a-z2-9-]{11})</code></li>", shown)
    assert len(key.replace(" ", "")) == 32  # 160 bits
    assert "data:image/svg+xml" in page
    assert len(set(codes)) == 10
    assert secondfactor.is_on(manager)
    assert client.get(CONFIRM).url == STATE
    assert not any(code in words(client.get(STATE)) for code in codes)


def test_a_wrong_code_turns_nothing_on(manager, signed_in):
    client = signed_in(manager)
    client.post(reverse("directory:second-factor-begin"))

    answer = client.post(CONFIRM, {"code": wrong_code(manager)})

    assert "Код не подошёл" in words(answer)
    assert not answer.context["form"]["code"].value()
    assert not secondfactor.is_on(manager)


def test_the_password_alone_lets_nobody_in(manager, codes):
    browser = halfway(manager)

    assert browser.get(HOME).url.startswith(DOOR)
    assert "Код для входа" in words(browser.get(CODE))


def test_the_password_and_the_code_let_in_and_lead_on(manager, codes):
    target = reverse("roadmaps:roadmap-list")
    browser = Client()
    browser.post(f"{DOOR}?next={target}", {"username": manager.email, "password": directory.PASSWORD, "next": target})
    before = browser.session.session_key

    answer = browser.post(CODE, {"code": code_of(manager)})

    assert answer.url == target
    assert browser.get(HOME).context["user"] == manager
    assert browser.session.session_key != before


def test_a_code_is_taken_once(manager, codes):
    code = code_of(manager)
    halfway(manager).post(CODE, {"code": code})

    again = halfway(manager).post(CODE, {"code": code})

    assert "Код не подошёл" in words(again)


def test_a_recovery_code_works_once_in_any_writing_and_tells_how_many_are_left(manager, codes):
    typed = f" {codes[0].upper().replace('-', ' ')} "
    first = halfway(manager).post(CODE, {"code": typed}, follow=True)

    second = halfway(manager).post(CODE, {"code": typed})

    assert "Осталось кодов: 9." in words(first)
    assert "Код не подошёл" in words(second)


def test_wrong_codes_put_the_next_try_off(manager, codes):
    browser = halfway(manager)
    browser.post(CODE, {"code": wrong_code(manager)})

    too_soon = browser.post(CODE, {"code": code_of(manager)})
    allow_at_once()
    later = browser.post(CODE, {"code": code_of(manager)})

    assert "Код не подошёл" in words(too_soon)
    assert later.status_code == 302


def test_a_thousand_guesses_let_through_a_handful(manager, codes, monkeypatch):
    """Each wrong one doubles the pause: within an hour a dozen are looked at, of a million."""
    looked_at = []
    monkeypatch.setattr(TOTP, "verify", lambda *_: looked_at.append(1))
    now = time.time()
    clock = [now]
    monkeypatch.setattr("django_otp.models.timezone.now", lambda: _moment(clock[0]))

    for guess in range(1000):
        clock[0] = now + guess * 3.6
        secondfactor.accepts(manager, f"{guess:06d}")

    assert 5 <= len(looked_at) <= 12


def _moment(seconds):
    return datetime.fromtimestamp(seconds, UTC)


def test_the_first_step_is_forgotten_after_ten_minutes_and_with_another_password(manager, codes, monkeypatch):
    late, changed = halfway(manager), halfway(manager)
    Account.objects.filter(pk=manager.pk).update(password="другой")
    assert changed.get(CODE).url == DOOR

    now = time.time() + 601
    monkeypatch.setattr("django.utils.timezone.now", lambda: _moment(now))
    assert late.get(CODE).url == DOOR


def test_recovery_codes_stand_in_no_table(codes):
    kept = set(StaticToken.objects.values_list("token", flat=True))

    assert len(kept) == 10
    assert not kept & {code.replace("-", "") for code in codes} | kept & set(codes)


def test_new_codes_end_the_old_ones(manager, codes, signed_in):
    answer = signed_in(manager).post(reverse("directory:second-factor-codes"), {"code": codes[0]})

    fresh = re.findall(r"<li><code>([a-z2-9-]{11})</code></li>", words(answer))
    assert len(fresh) == 10
    assert not secondfactor.accepts(manager, codes[1])
    allow_at_once()
    assert secondfactor.accepts(manager, fresh[0])


@pytest.mark.parametrize("wrong", ["password", "code"])
def test_it_is_turned_off_by_password_and_code_together(wrong, manager, codes, signed_in):
    client = signed_in(manager)
    right = {"password": directory.PASSWORD, "code": codes[0]}

    refused = client.post(OFF, right | {wrong: "nonsense-9"})
    assert refused.status_code == 200
    assert secondfactor.is_on(manager)

    allow_at_once()
    client.post(OFF, right)
    assert not secondfactor.is_on(manager)
    assert manager.history.first().history_change_reason == "вход с кодом отключён владельцем"


def test_an_administrator_resets_it_with_a_reason_that_is_remembered(manager, codes, centre, signed_in):
    administrator = directory.reader(Role.ADMINISTRATOR, centre)
    where = reverse("directory:account-second-factor-reset", args=[manager.pk])
    client = signed_in(administrator)

    without = client.post(where)
    client.post(where, {"because": "телефон утерян"})

    version = manager.history.first()
    assert "because" in without.context["form"].errors
    assert not secondfactor.is_on(manager)
    assert (version.history_user, version.history_change_reason) == (
        administrator,
        "вход с кодом сброшен: телефон утерян",
    )


def test_an_administrator_does_not_reset_the_own_one(centre, signed_in):
    administrator = directory.reader(Role.ADMINISTRATOR, centre)

    answer = signed_in(administrator).post(
        reverse("directory:account-second-factor-reset", args=[administrator.pk]), {"because": "лень"}
    )

    assert answer.status_code == 403


@pytest.fixture
def strict(centre):
    """The municipality wants the second step of whoever registers orders."""
    centre.municipality.asks_second_factor = True
    centre.municipality.save()
    return centre


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_where_it_is_wanted_every_page_leads_to_turning_it_on_until_that_is_done(role, strict):
    account = directory.reader(role, strict)
    browser = halfway(account)
    pages = (HOME, reverse("directory:profile"), reverse("roadmaps:roadmap-list"), reverse("directory:staff-list"))

    before = [browser.get(page) for page in pages]
    typed = browser.get(reverse("portal:search"), {"q": "шк"}, headers={"HX-Request": "true"})
    browser.post(reverse("directory:second-factor-begin"))
    confirming = browser.get(CONFIRM)
    browser.post(CONFIRM, {"code": code_of(account)})
    after = [browser.get(page) for page in pages]

    assert [answer.url for answer in before] == [STATE] * len(pages)
    assert typed.headers["HX-Redirect"] == STATE
    assert confirming.status_code == 200
    assert [answer.status_code for answer in after] == [200] * len(pages)


def test_one_who_signs_in_with_a_code_is_led_nowhere_else(manager, codes, strict):
    browser = halfway(manager)

    browser.post(CODE, {"code": code_of(manager)})

    assert browser.get(HOME).status_code == 200


@pytest.mark.parametrize("role", [Role.METHODIST, Role.DEPUTY, Role.TEACHER])
def test_a_role_that_registers_nothing_is_not_asked_for_it(role, strict, signed_in):
    assert signed_in(directory.reader(role, strict)).get(HOME).status_code == 200


def test_before_it_is_on_another_role_and_the_way_out_are_open(manager, strict, signed_in):
    other = directory.appointment(account=manager, role=Role.TEACHER, organisation=strict)
    browser = signed_in(manager)

    page = words(browser.get(STATE))
    browser.post(reverse("directory:appointment-take-up", args=[other.pk]))
    in_the_other = browser.get(HOME).status_code
    browser.post(reverse("directory:appointment-take-up", args=[manager.acting_as_id]))
    back, out = browser.get(HOME), browser.post(reverse("directory:signout"))

    assert "действовать в другой роли" in page
    assert in_the_other == 200
    assert (back.url, out.url) == (STATE, DOOR)


def test_what_strangers_see_is_open_before_it_is_on_too(manager, strict, signed_in):
    assert signed_in(manager).get(reverse("directory:password-forgotten")).status_code == 200


def test_turning_it_off_closes_the_pages_again(manager, codes, strict, signed_in):
    browser = signed_in(manager)
    before = browser.get(HOME).status_code

    browser.post(OFF, {"password": directory.PASSWORD, "code": codes[0]})

    assert (before, browser.get(HOME).url) == (200, STATE)


@pytest.fixture
def order(centre):
    return reports.order(issuer=centre, roadmap=reports.roadmaps.approved(municipality=centre.municipality))


def test_where_the_municipality_wants_it_the_register_page_leads_to_turning_it_on(manager, order, centre, signed_in):
    where = reverse("reports:order-register", args=[order.pk])
    client = signed_in(manager)
    freely = client.get(where).status_code
    centre.municipality.asks_second_factor = True
    centre.municipality.save()

    asked, sent = client.get(where), client.post(where, {"dated_on": "2026-11-18", "is_read": "on"})
    page = words(client.get(STATE))

    assert (freely, asked.url, sent.url) == (200, STATE, STATE)
    assert "входят только с кодом" in page
    order.refresh_from_db()
    assert order.is_draft


def test_one_who_signs_in_with_a_code_registers(manager, codes, order, centre, signed_in):
    centre.municipality.asks_second_factor = True
    centre.municipality.save()

    assert signed_in(manager).get(reverse("reports:order-register", args=[order.pk])).status_code == 200


def test_the_log_holds_no_code_and_no_name(manager, codes, caplog):
    caplog.set_level("INFO")
    browser = halfway(manager)
    browser.post(CODE, {"code": wrong_code(manager)})
    browser.post(CODE, {"code": codes[3]})

    assert not any(secret in caplog.text for secret in (manager.email, codes[3], wrong_code(manager)))
