"""The demo's papers: an amending order with its number and its file, and an approving one that waits for both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from deadlines.workdays import Workdays
from directory.models import Account
from portal.demo.documents import Source
from portal.demo.progress import Teller
from reports.actions import drawing_up, registration
from reports.models import Clause, Order, Register
from reports.models.registers import PLACE
from reports.paper import Paper
from roadmaps.actions import editing
from roadmaps.models import Roadmap, RoadmapItem


@dataclass(frozen=True)
class Desk:
    """Draws up and registers with the same verbs as the pages, on the working day before the loading."""

    teller: Teller
    registrar: Account
    draw: Callable[[Paper], bytes]

    @property
    def day(self) -> date:
        return Workdays().shifted(self.teller.today - timedelta(days=1))

    def draft(self, roadmap: Roadmap, *, kind: str) -> Order:
        """A draft by the methodist, who acts as of that day: the issuer is the centre."""
        by, at = self.teller.methodist.act(self.day), self.teller.moment(self.day, hour=11)
        return drawing_up.draw_up(roadmap, kind=kind, by=by, at=at, today=self.day)

    def amend(self, roadmap: Roadmap, amendment: Source) -> Order:
        """Change the text of one item by a registered order."""
        by, at = self.teller.methodist, self.teller.moment(self.day, hour=15)
        order = self.draft(roadmap, kind=Order.Kind.AMEND)
        item = RoadmapItem.objects.get(section__roadmap=roadmap, text=amendment["was"])
        editing.edit_cell(item.pk, cell="text", to=amendment["becomes"], was=item.text, by=by)
        drawing_up.word_changes(order, by=by, at=at)
        Register.objects.create(organisation=order.issuer, year=self.day.year, pattern=f"{PLACE}-од")
        return registration.register(
            order, on=self.day, by=self.registrar, at=at, site=settings.SITE_URL, draw=self.draw
        )

    def date_history(self) -> None:
        """Records of the history bear the moment of loading; give them that of the work at the desk."""
        for kept in (Order, Clause, Register):
            kept.history.update(history_date=self.teller.moment(self.day, hour=15))
