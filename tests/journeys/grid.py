"""The plan's table as a reader's hands know it: its cells, its rows and the line that tells what was saved."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from roadmaps.models import Roadmap, RoadmapItem


class Grid:
    def __init__(self, page: Page, roadmap: Roadmap):
        self.page = page
        page.goto(roadmap.get_absolute_url())

    @property
    def line(self) -> Locator:
        return self.page.locator("[data-saving]")

    @property
    def field(self) -> Locator:
        return self.page.locator("[data-cell-form] textarea")

    def row(self, item: RoadmapItem) -> Locator:
        return self.page.locator(f"#item-{item.pk}")

    def cell(self, item: RoadmapItem, name: str) -> Locator:
        return self.row(item).locator(f"[data-cell={name}]")

    def texts(self) -> list[str]:
        return self.page.locator("[data-item] [data-cell=text]").all_inner_texts()

    def numbers(self) -> list[str]:
        return self.page.locator("[data-item] [data-cell=number]").all_inner_texts()

    def write(self, item: RoadmapItem, name: str, text: str, *, press: str = "Control+Enter") -> None:
        self.cell(item, name).click()
        self.field.fill(text)
        self.field.press(press)

    def expect_saved(self) -> None:
        expect(self.line).to_contain_text("сохранено в")

    def press_and_move(self, key: str | Callable[[], None]) -> None:
        if callable(key):
            key()
        else:
            self.page.keyboard.press(key)
        expect(self.line).to_have_text("строка перенесена")
