"""Papers as files and as pictures: the order, its sheets, the roadmap alone."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from directory.requests import PortalRequest
from kit.access import PolicyMixin, VisibleMixin
from kit.uploads import safe_name
from reports import docx, policy, sheets
from reports.filling import paper_of, paper_of_roadmap
from reports.models import Order
from reports.paper import Paper
from reports.pictures import NoSuchPage
from reports.typesetting import PaperTooLong
from reports.views.desk import ORDERS
from roadmaps import policy as roadmaps_policy
from roadmaps.models import Roadmap

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_file(source: Any, *, name: str, content_type: str, is_shown: bool = False) -> FileResponse:
    """An answer that is saved under a Russian name, unless it was asked to be shown; ``source`` is bytes or a file."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    response = FileResponse(file, filename=safe_name(name), as_attachment=not is_shown, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response


def draft_of(order: Order, request: PortalRequest) -> Paper:
    return paper_of(order, site=settings.SITE_URL, today=request.today)


def name_of(order: Order) -> str:
    """«Приказ № 38-од от 12.09.2026»; a draft is named after what it is about."""
    form = order.get_form_display().capitalize()
    if order.is_draft:
        return f"{form}, черновик"
    # A number such as «01-05/38» must not be read as a folder.
    return f"{form} № {order.number.replace('/', '-')} от {order.dated_on:%d.%m.%Y}"


@dataclass(frozen=True)
class Shown:
    """The sheets on a page: the key that their addresses hold, their numbers, or what kept them from being drawn."""

    key: str
    pages: range
    is_whole: bool
    trouble: str = ""


def sheets_of(order: Order, request: PortalRequest, *, is_whole: bool) -> Shown:
    """A draft is drawn here unless the same words were drawn before; without its annex that takes a moment."""
    if not order.is_draft:
        return Shown(order.digest, range(1, sheets.pages_of_file(file_of(order)) + 1), is_whole=True)
    paper = draft_of(order, request)
    paper = paper if is_whole else sheets.opening(paper)
    try:
        pages = sheets.pages(paper)
    except PaperTooLong as refusal:
        return Shown(sheets.key_of(paper), range(0), is_whole, trouble=str(refusal))
    return Shown(sheets.key_of(paper), range(1, pages + 1), is_whole)


class OrderPdf(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The registered file as it was kept, byte for byte; a draft as it stands. ``show`` opens it in the browser."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.view_order)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> FileResponse:
        order = self.get_object()
        source = printed(draft_of(order, request)) if order.is_draft else kept(order)
        return as_file(source, name=f"{name_of(order)}.pdf", content_type=PDF, is_shown="show" in request.GET)


class OrderDocx(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The Word twin, for those who must edit."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.view_order)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> FileResponse:
        order = self.get_object()
        return as_file(drawn(docx.draw, draft_of(order, request)), name=f"{name_of(order)}.docx", content_type=DOCX)


class RoadmapPaper(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The roadmap alone, as an annex without its order."""

    model = Roadmap
    policy = staticmethod(roadmaps_policy.view_roadmap)

    def paper(self) -> Paper:
        self.object = self.get_object()
        return paper_of_roadmap(self.object, today=self.request.today)

    @property
    def name(self) -> str:
        return Truncator(self.object.title).chars(90)


class RoadmapPdf(RoadmapPaper):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return as_file(printed(self.paper()), name=f"{self.name}.pdf", content_type=PDF)


class RoadmapDocx(RoadmapPaper):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return as_file(drawn(docx.draw, self.paper()), name=f"{self.name}.docx", content_type=DOCX)


class OrderSheets(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """The sheets of a draft once more, after a save; nothing when the page shows them already."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.view_order)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        order = self.get_object()
        shown = sheets_of(order, request, is_whole="whole" in request.GET)
        if shown.key == request.GET.get("shown"):
            return HttpResponse(status=204)
        return render(request, "reports/_order_sheets.html", {"order": order, "sheets": shown})


class OrderSheet(PolicyMixin, VisibleMixin, SingleObjectMixin, View):
    """One sheet as a picture; words that have changed since lead to the sheet as it is now."""

    model = Order
    queryset = ORDERS
    policy = staticmethod(policy.view_order)

    def get(self, request: PortalRequest, *args: Any, **kwargs: Any) -> FileResponse | HttpResponseRedirect:
        order, key, page = self.get_object(), kwargs["key"], kwargs["page"]
        if not order.is_draft:
            return self._picture(sheets.picture_of_file, file_of(order), page)
        whole = draft_of(order, request)
        papers = {sheets.key_of(paper): paper for paper in (sheets.opening(whole), whole)}
        if key not in papers:
            return redirect("reports:order-sheet", pk=order.pk, key=next(iter(papers)), page=page)
        return self._picture(sheets.picture, papers[key], page)

    def _picture(self, draw: Callable[..., bytes], *told: Any) -> FileResponse:
        try:
            picture = draw(*told)
        except (NoSuchPage, PaperTooLong) as error:
            raise Http404 from error
        return as_file(picture, name="Лист.png", content_type="image/png", is_shown=True)


def file_of(order: Order) -> sheets.File:
    def read() -> bytes:
        with kept(order) as file:
            content: bytes = file.read()
        return content

    return sheets.File(order.digest, read)


def kept(order: Order) -> Any:
    """The registered file, opened; a disk that has lost it is an answer of its own, not a broken page."""
    try:
        return order.pdf.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error


def printed(paper: Paper) -> bytes:
    return drawn(sheets.printed, paper)


def drawn(draw: Callable[[Paper], bytes], paper: Paper) -> bytes:
    """The paper drawn; one that is too long is refused in words."""
    try:
        return draw(paper)
    except PaperTooLong as refusal:
        raise PermissionDenied(str(refusal)) from refusal
