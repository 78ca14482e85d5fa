"""How a reader wants the pages to look: theme, size of text, spacing; kept in a cookie, drawn by the server."""

from dataclasses import astuple, dataclass, fields, replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "appearance"
A_YEAR = 60 * 60 * 24 * 365

#: The first of each is what a reader gets who never chose.
THEMES = {
    "auto": "как на устройстве",
    "light": "светлая",
    "dark": "тёмная",
    "black-on-white": "чёрным по белому",
    "white-on-black": "белым по чёрному",
}
SIZES = {"usual": "обычный", "large": "крупный", "largest": "самый крупный"}
SPACINGS = {"usual": "обычный", "wide": "широкий"}
CHOICES = {"theme": THEMES, "size": SIZES, "spacing": SPACINGS}


@dataclass(frozen=True)
class Appearance:
    """One reader's choice; a value that is not offered falls back to the usual one.

    >>> Appearance.parse("dark.large.nonsense")
    Appearance(theme='dark', size='large', spacing='usual')
    """

    theme: str = "auto"
    size: str = "usual"
    spacing: str = "usual"

    @classmethod
    def parse(cls, text: str) -> "Appearance":
        names = [field.name for field in fields(cls)]
        return cls().choose(dict(zip(names, text.split("."), strict=False)))

    def choose(self, chosen: dict[str, str]) -> "Appearance":
        """The same look with what was chosen, as far as it is offered."""
        return replace(self, **{name: chosen[name] for name in CHOICES if chosen.get(name) in CHOICES[name]})

    @property
    def for_low_vision(self) -> bool:
        """Whether the panel of the version for the visually impaired stays open."""
        return self.theme in LOW_VISION_THEMES or (self.size, self.spacing) != ("usual", "usual")

    def __str__(self) -> str:
        return ".".join(astuple(self))


#: «Версия для слабовидящих» at one press; each of the three can be changed after.
LOW_VISION = Appearance(theme="black-on-white", size="large", spacing="wide")
LOW_VISION_THEMES = ("black-on-white", "white-on-black")


def appearance_of(request: HttpRequest) -> Appearance:
    return Appearance.parse(request.COOKIES.get(COOKIE, ""))


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the look that was pressed and return to the page it was pressed on."""
    look = LOW_VISION if "low_vision" in request.POST else appearance_of(request).choose(request.POST.dict())
    if "usual" in request.POST:
        look = Appearance()
    response = HttpResponseRedirect(_page_pressed_on(request))
    response.set_cookie(COOKIE, str(look), max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def _page_pressed_on(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "/"
