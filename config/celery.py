"""The Celery app and its timetable, in the order of the day."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import celeryd_after_setup

from config import limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
celeryd_after_setup.connect(limits.mind)

app.conf.beat_schedule = {
    # A stopped worker does not come back to a thousand of them: a call is worth nothing after the next.
    "reminders.write_letters": {"task": "reminders.write_letters", "schedule": 60, "options": {"expires": 50}},
    "reminders.sweep": {"task": "reminders.sweep", "schedule": 60, "options": {"expires": 50}},
    # Wakes what a killed worker left behind; a bundle itself is woken as soon as it is asked for.
    "reports.sweep_bundles": {"task": "reports.sweep_bundles", "schedule": 60, "options": {"expires": 50}},
    "directory.sweep_sheets": {"task": "directory.sweep_sheets", "schedule": 60, "options": {"expires": 50}},
    "roadmaps.forget_abandoned_imports": {
        "task": "roadmaps.forget_abandoned_imports",
        "schedule": crontab(hour=3, minute=10),
    },
    "reports.forget_bundles": {"task": "reports.forget_bundles", "schedule": crontab(hour=3, minute=15)},
    "directory.forget_sheets": {"task": "directory.forget_sheets", "schedule": crontab(hour=3, minute=25)},
    "reports.forget_acts": {"task": "reports.forget_acts", "schedule": crontab(hour=3, minute=30)},
    "directory.clear_sessions": {"task": "directory.clear_sessions", "schedule": crontab(hour=3, minute=20)},
}
