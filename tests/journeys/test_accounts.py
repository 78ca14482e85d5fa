"""A newcomer's way in: invited, by the letter to a password, a code beside it, and an end to a session elsewhere."""

import re
import time
from email import policy
from email.parser import BytesParser

import pytest
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from directory.roles import Role
from reminders import mail
from reminders.actions.accounts import write_letters
from reminders.actions.sweeping import sweep
from tests.factories import directory

EMAIL, PASSWORD = "guseva@example.org", "девять-серых-гусей-4"


@pytest.fixture
def letters(settings, live_server, tmp_path):
    """The folder into which letters are laid; their links lead to the portal of this journey."""
    settings.EMAIL_BACKEND = "reminders.folder.EmailBackend"
    settings.LETTERS_DIR = tmp_path
    settings.SITE_URL = live_server.url
    return tmp_path


def code_of(email):
    """What the newcomer's telephone shows, or next where that has been taken; the door is patient with a slow machine."""
    TOTPDevice.objects.filter(user__email=email).update(tolerance=20)
    device = TOTPDevice.objects.get(user__email=email)
    totp = TOTP(device.bin_key)
    totp.time = max(time.time(), 30 * (device.last_t + 1))
    return f"{totp.token():06d}"


@pytest.fixture
def guest(centre):
    return directory.staff_member(
        municipality=centre.municipality, last_name="Гусева", first_name="Инна", patronymic="Львовна"
    )


@pytest.fixture
def there(browser, browser_context_args):
    """A page in another browser."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


@pytest.fixture
def administrator(employ, enter, context):
    """Signed in, in the browser of ``page``."""
    enter(context, employ(Role.ADMINISTRATOR, "Фомина"))


def invite(page, guest, centre):
    page.goto("/directory/invitations/")
    page.get_by_role("link", name="Пригласить").first.click()
    form = page.locator("main form[method=post]")
    form.get_by_label("Сотрудник").select_option(str(guest.pk))
    form.get_by_label("Роль").select_option(Role.TEACHER)
    form.get_by_label("Организация").select_option(str(centre.pk))
    form.get_by_label("Электронная почта").fill(EMAIL)
    page.get_by_role("button", name="Пригласить").click()
    expect(page.get_by_text("ждёт ответа")).to_be_visible()


def link_in(letters):
    """Sends what waits; where the only letter leads."""
    with mail.post() as deliver:
        write_letters(timezone.now())
        assert sweep(clock=timezone.now, deliver=deliver) == 1
    [file] = letters.iterdir()
    letter = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    return re.search(r"http\S+/accept/\S+", letter.get_body(("plain",)).get_content())[0]


def accept(page, link):
    page.goto(link)
    expect(page.get_by_role("heading", name="Инна Львовна, здравствуйте!")).to_be_visible()
    page.get_by_label("Пароль обязательно").fill(PASSWORD)
    page.get_by_label("Пароль ещё раз").fill(PASSWORD)
    page.get_by_role("button", name="Войти на портал").click()
    expect(page.get_by_role("heading", name="Мои сроки")).to_be_visible()


def look_at_the_roles(page):
    page.get_by_role("button", name="педагог").click()
    expect(page.locator("#roles").get_by_text("действую сейчас")).to_be_visible()
    page.keyboard.press("Escape")


def turn_the_code_on(page):
    page.get_by_role("link", name="Гусева И. Л.").first.click()
    page.get_by_role("link", name="Включить").click()
    page.get_by_role("button", name="Включить вход с кодом").click()
    expect(page.get_by_role("img", name="Квадратный код")).to_be_visible()
    page.get_by_label("Код обязательно").fill(code_of(EMAIL))
    page.get_by_role("button", name="Включить вход с кодом").click()
    expect(page.locator(".codes code")).to_have_count(10)


def sign_in(page):
    page.goto("/")
    page.get_by_label("Электронная почта").fill(EMAIL)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.get_by_label("Код").fill(code_of(EMAIL))
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", name="Мои сроки")).to_be_visible()


@pytest.mark.usefixtures("administrator")
def test_from_the_invitation_to_ending_a_session_in_another_browser(page, there, guest, centre, letters):
    invite(page, guest, centre)
    link = link_in(letters)
    page.context.clear_cookies()
    accept(page, link)
    look_at_the_roles(page)
    turn_the_code_on(page)
    sign_in(there)

    page.get_by_role("link", name="Готово, коды у меня").click()
    page.get_by_role("button", name="Завершить", exact=True).click()
    expect(page.get_by_text("Вход завершён")).to_be_visible()
    there.reload()

    expect(there.get_by_role("heading", name="Вход на портал")).to_be_visible()


def test_roles_opened_before_the_scripts_have_run_are_filled_in_all_the_same(page, context, enter, methodist):
    enter(context, methodist)
    panel = page.locator("#roles")

    def open_first(route):
        page.get_by_role("button", name="сменить роль").press("Enter")
        expect(panel.get_by_role("link", name="Мои роли")).to_be_visible()
        route.fallback()

    page.route("**/js/fill.js", open_first)
    page.goto("/")

    expect(panel.get_by_text("действую сейчас")).to_be_visible()


def test_roles_that_could_not_be_fetched_are_asked_for_at_the_next_opening(page, context, enter, methodist, witness):
    enter(context, methodist)
    page.goto("/")
    button, panel = page.get_by_role("button", name="сменить роль"), page.locator("#roles")
    context.set_offline(True)
    with page.expect_event("requestfailed"):
        button.click()
    expect(panel.get_by_role("link", name="Мои роли")).to_be_visible()
    page.keyboard.press("Escape")
    context.set_offline(False)

    button.click()

    expect(panel.get_by_text("действую сейчас")).to_be_visible()
    witness.forgive("ERR_INTERNET_DISCONNECTED", "htmx:sendError")
