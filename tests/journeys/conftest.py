"""A browser for the journeys, and a witness beside it: no page is left unchecked and nothing fails quietly."""

import io
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as portal
from django.core.management import call_command
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, WebError, expect

from directory.models import Organisation
from directory.roles import Role
from roadmaps.actions.understanding import name_parties, understand_anew
from roadmaps.models import RoadmapItem
from tests.factories import directory, roadmaps


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("journey")


# No journey depends on a quick machine: what is expected is waited for as long as what is pressed.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's own Chromium, which may run as root and has nobody to call."""
    return browser_type_launch_args | {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    }


@pytest.fixture
def browser_context_args(browser_context_args, live_server):
    return browser_context_args | {
        "base_url": live_server.url,
        "locale": "ru-RU",
        "timezone_id": "Asia/Yekaterinburg",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture(scope="session", autouse=True)
def _the_event_loop_is_not_ours():
    """Playwright keeps an event loop in this thread, which Django would take for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_fonts_are_built():
    call_command("build_fonts", stdout=io.StringIO())


#: Runs in every document from its first moment; asks axe for every rule it knows, good practice included.
#: Sheets are not loaded again for it: their imports would be asked for beside the page.
LOOK_FOR_BARRIERS = (
    Axe().axe_script
    + """
    if (top === self && document.contentType === "text/html" && location.protocol.startsWith("http")) {
        tellOpened();
        let isChecked = false;
        const check = async () => {
            if (!isChecked) {
                isChecked = true;
                tellBarriers(await axe.run(document, { preload: false }));
            }
        };
        // Playwright's hand is quicker than any: it would press before the scripts have run.
        const hold = new MutationObserver(() => {
            document.documentElement.style.pointerEvents = "none";
            hold.disconnect();
        });
        hold.observe(document, { childList: true });
        addEventListener("load", () => document.documentElement.style.removeProperty("pointer-events"));
        addEventListener("load", check);
        addEventListener("beforeunload", check); // a page left before it has loaded never will
    }
    """
)


#: What htmx says of a request whose page was left before the answer came; a request that fails says more than that.
ABORTED = ("htmx:sendAbort", "htmx:afterRequest")


class Witness:
    """Writes down whatever goes wrong on the pages that a journey visits."""

    def __init__(self, context: BrowserContext, home: str, *, asks_axe: bool):
        self.context = context
        self.home = urlsplit(home).netloc
        self.asks_axe = asks_axe
        self.faults: list[str] = []
        self.unchecked: Counter[Page] = Counter()
        context.on("console", self.hear)
        context.on("weberror", self.catch)
        context.expose_binding("tellOpened", self.open)
        context.expose_binding("tellBarriers", self.check)
        if asks_axe:
            context.add_init_script(LOOK_FOR_BARRIERS)
        context.route("**/*", self.follow)

    def hear(self, message: ConsoleMessage) -> None:
        """The console also tells of answers that failed and of breaches of the content policy."""
        if message.type in {"error", "warning"} and not message.text.startswith(ABORTED):
            self.faults.append(f"{message.location['url']} says on the console: {message.text}")

    def catch(self, failure: WebError) -> None:
        self.faults.append(f"A script failed: {failure.error}")

    def forgive(self, *words: str) -> None:
        """Take off the faults that the journey itself brought about; each of the words must have been said."""
        for said in words:
            assert any(said in fault for fault in self.faults), f"nothing says {said}"
        self.faults = [fault for fault in self.faults if not any(said in fault for said in words)]

    def open(self, source: dict[str, Any]) -> None:
        self.unchecked[source["page"]] += 1

    def check(self, source: dict[str, Any], answer: dict[str, Any]) -> None:
        self.unchecked[source["page"]] -= 1
        found = AxeResults(answer)
        if found.violations_count:
            self.faults.append(f"{answer['url']} has barriers:\n{found.generate_report()}")

    def follow(self, route: Route) -> None:
        """Let no page be left before it is checked, and no request out of the house."""
        request = route.request
        if urlsplit(request.url).netloc != self.home:
            self.faults.append(f"{request.url} is asked of a stranger")
            route.abort()
            return
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.finish(request.frame.page)
        route.continue_()

    def finish(self, page: Page) -> None:
        """Wait for the check under way."""
        for _ in range(500):
            if not self.unchecked[page]:
                return
            page.wait_for_timeout(20)
        self.faults.append(f"{page.url} could not be checked")

    def look(self, page: Page) -> None:
        """Check the page as it stands: with its dialogs open and what was loaded since."""
        if not self.asks_axe:
            return
        self.finish(page)
        page.evaluate("async () => { tellOpened(); tellBarriers(await axe.run(document, { preload: false })); }")
        self.finish(page)


@pytest.fixture(autouse=True)
def witness(context, live_server, browser_context_args):
    """Axe is a script too: where scripts are off, nothing is asked of it."""
    return Witness(context, live_server.url, asks_axe=browser_context_args.get("java_script_enabled", True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Let the faults fail the journey itself, while its pages are still there to be photographed."""
    result = yield
    witness = item.funcargs["witness"]
    for page in witness.context.pages:
        if page.url.startswith("http"):
            witness.look(page)
    assert witness.faults == [], "\n".join(witness.faults)
    return result


@pytest.fixture
def centre(transactional_db, today):
    """The methodical centre of a city; every journey walks on the same Wednesday."""
    return directory.organisation(title="Методический центр", short_title="Центр", kind=Organisation.Kind.CENTRE)


@pytest.fixture
def employ(centre):
    """Makes an account of the centre that acts in a role under this name."""

    def employ(role, last_name, first_name="Анна"):
        person = directory.staff_member(
            municipality=centre.municipality, last_name=last_name, first_name=first_name, patronymic="Павловна"
        )
        return directory.reader(role, centre, staff=person)

    return employ


@pytest.fixture
def methodist(employ):
    return employ(Role.METHODIST, "Рябова")


@pytest.fixture
def manager(employ):
    return employ(Role.MANAGER, "Власов", "Олег")


@pytest.fixture
def roadmap(centre):
    """Five rows in two sections, read as an import would read them."""
    made = roadmaps.approved(municipality=centre.municipality, title="План методической работы")
    first, second = (roadmaps.section(roadmap=made, title=title) for title in ("1. Встречи", "2. Отчёты"))
    rows = [
        (first, "1.", "Провести семинар", "до 15 октября", "Методисты центра"),
        (first, "2.", "Открыть школу новичка", "до 25 ноября", "Методисты центра, руководители ШМО"),
        (first, "3.", "Посетить уроки", "апрель", "Руководители ШМО"),
        (second, "4.", "Собрать отчёты школ", "до 1 июня", "Методисты центра"),
        (second, "5.", "Написать справку", "в течение года", "Директор центра"),
    ]
    items = [
        roadmaps.item(section=section, number=number, text=text, phrase=phrase, responsible=who)
        for section, number, text, phrase, who in rows
    ]
    understand_anew(made)
    name_parties(items, roadmap=made)
    return made


@pytest.fixture
def items(roadmap):
    return list(RoadmapItem.objects.filter(section__roadmap=roadmap).in_order())


@pytest.fixture
def enter(signed_in):
    """Lets an account into a browser without the sign-in page, which has a journey of its own."""

    def enter(context, account):
        session = signed_in(account).cookies[portal.SESSION_COOKIE_NAME].value
        address = {"domain": "localhost", "path": "/"}
        context.add_cookies([{"name": portal.SESSION_COOKIE_NAME, "value": session} | address])

    return enter
