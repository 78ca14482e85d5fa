"""A bare signed-in page, a plan of sixty rows, the saving of one text of one row, and fifty of 50,000 workers."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import escape

from bench.floor.models import Line, Named, Part, Plan, Worker


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Floor (b): session, account, one query, the base template."""
    return render(request, "bare.html", {"count": Plan.objects.count()})


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Floor «detail 60 items»: five queries, model objects, plain templates."""
    plan = get_object_or_404(Plan.objects.select_related("author"), pk=pk)
    lines = Line.objects.filter(part__plan=plan).select_related("responsible").order_by("part_id", "pk")
    by_part: dict[int, list[Line]] = {}
    for line in lines:
        by_part.setdefault(line.part_id, []).append(line)
    parts = [(part, by_part.get(part.pk, [])) for part in Part.objects.filter(plan=plan).order_by("pk")]
    return render(request, "detail.html", {"plan": plan, "parts": parts})


@login_required
@transaction.atomic
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The row locked, compared with what the editor saw, saved: no rights, no history."""
    line = get_object_or_404(Line.objects.select_for_update(), pk=pk)
    if line.note != request.POST["was"]:
        return HttpResponse(escape(line.note), status=409)
    line.note = request.POST["text"]
    line.save(update_fields=["note"])
    return HttpResponse(escape(line.note))


@login_required
def workers(request: HttpRequest) -> HttpResponse:
    """Floor (c): eleven columns over five joins, five queries, model objects, plain templates; no rights, no choice."""
    found = Worker.objects.select_related("school", "post", "subject", "rank", "keeper").order_by("last_name", "pk")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "workers.html", {"page": page, "subjects": Named.objects.order_by("title")})
