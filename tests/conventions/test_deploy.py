"""The portal under the settings of production: Django's own check of them has nothing to say."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "HTTPS": "on",
    "BEHIND_PROXY": "on",
    "SECRET_KEY": "of-this-test-0123456789-абвгдежзиклмнопрстуфхцчшщ-ABCDEFGHIJKLM",
    "ALLOWED_HOSTS": "portal.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.org",
    "SITE_URL": "https://portal.example.org",
}
ASK = """
import django
from django.test import Client
django.setup()
for path in ("/health/", "/directory/signin/"):
    answer = Client().get(path, headers={"Host": "portal.example.org"})
    print(path, answer.status_code, answer.headers.get("Location", ""))
"""


@pytest.fixture
def production(tmp_path):
    """Runs Python on the portal as it is set up in production, with an empty database of its own."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    surroundings = keep | PRODUCTION | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_check_of_a_deployment_has_no_warnings(production):
    checked = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, "no issues" in checked.stdout + checked.stderr) == (0, True), checked.stderr


def test_health_is_answered_over_plain_http_and_nothing_else_is(production):
    told = production("-c", ASK)

    assert told.stdout.splitlines() == [
        "/health/ 200 ",
        "/directory/signin/ 301 https://portal.example.org/directory/signin/",
    ], told.stderr
