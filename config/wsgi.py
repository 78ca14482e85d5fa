"""The web server's entry point."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# The pages, and the drawing of papers behind them, are read before the server forks: its workers share 70 MiB
# and the first reader does not wait a second for them.
import_module(settings.ROOT_URLCONF)
