"""Pages of refusal: what happened and where to go, in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason the policy gave."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without asking the database for anything: it may be what is broken."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the texts that were typed: a form left open while the role changed in another tab loses nothing.

    Only to a signed-in reader: a form of another site comes without the session, so it can put no words here.
    """
    sent = request.POST.items() if request.user.is_authenticated else ()
    texts = [str(text) for name, text in sent if "password" not in name]
    return render(request, "403_csrf.html", {"typed": [text for text in texts if " " in text.strip()]}, status=403)
