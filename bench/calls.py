"""`python -m bench.calls portal|floor`: function calls per request, counted in this process.

On a shared machine processor time wavers by a tenth and more; what Python calls for the same request does not. Calls
are not equally long, so they tell a gain from noise and no more: processor time stays the yardstick.
"""

import cProfile
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from bench.fill import SETTINGS
from bench.served import CSRF, Ask

WARM = 20


def main(side: str) -> None:
    """Read asks by name as JSON, print calls per request by name as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[side]
    application = get_wsgi_application()
    named = json.load(sys.stdin)
    print(json.dumps({name: calls(application, [Ask(**ask) for ask in asks]) for name, asks in named.items()}))


def calls(application: WSGIHandler, asks: list[Ask]) -> float:
    """The mean number of calls that one of these requests takes once the process is warm."""
    for ask in asks[:WARM]:
        answer(application, ask)
    profile = cProfile.Profile()
    profile.enable()
    for ask in asks[WARM:]:
        answer(application, ask)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats()) / len(asks[WARM:])


def answer(application: WSGIHandler, ask: Ask) -> None:
    """Let the application answer as gunicorn would; raises when the answer is not the one expected."""
    response = application(surroundings(ask), unheard)
    page = b"".join(response)
    response.close()
    if response.status_code != ask.status:
        raise RuntimeError(f"{ask.path} answered {response.status_code}: {page[:300]!r}")


def unheard(status: str, headers: list[tuple[str, str]], trouble: Any = None, /) -> Callable[[bytes], object]:
    """Takes the head of an answer where no browser listens."""
    return len


def surroundings(ask: Ask) -> dict[str, Any]:
    body = ask.body.encode()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in ask.headers}
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": ask.path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": f"sessionid={ask.session}; csrftoken={CSRF}",
        "HTTP_X_CSRFTOKEN": CSRF,
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


if __name__ == "__main__":
    main(sys.argv[1])
