"""What every test stands on: plain static files, folders of its own, a bounded search for counterexamples."""

import os
from datetime import date

import pytest
from django.conf import settings as portal
from django.test import Client, override_settings
from hypothesis import settings as hypothesis

hypothesis.register_profile("ci", derandomize=True, max_examples=100, deadline=None, database=None)
hypothesis.register_profile("here", deadline=None)
hypothesis.load_profile("ci" if os.environ.get("CI") else "here")


#: What a test asks for when its answer may depend on the database; other answers are the same on both.
STORED = {"db", "transactional_db", "django_db_setup", "stores", "laid_stores"}


def pytest_collection_modifyitems(items):
    for item in items:
        if STORED & set(item.fixturenames) or item.get_closest_marker("django_db"):
            item.add_marker("stored")


@pytest.fixture(scope="session", autouse=True)
def _surroundings(tmp_path_factory):
    """Settings for every test; the live server of the journeys starts under them too."""
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        # Hashed names would want `collectstatic` first.
        STORAGES=portal.STORAGES | {"staticfiles": plain_files},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        LETTERS_DIR=tmp_path_factory.mktemp("letters"),
        # Slow on purpose in life, slow for nothing here.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture
def today(monkeypatch):
    """A Wednesday on which every page is asked for."""
    day = date(2026, 11, 18)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)
    return day


@pytest.fixture
def signed_in():
    """A browser in which this account has signed in."""

    def sign_in(account, **options):
        client = Client(**options)
        client.force_login(account, backend="directory.backends.AccountBackend")
        return client

    return sign_in
