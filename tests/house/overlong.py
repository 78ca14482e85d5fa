"""The portal's Celery app with two tasks that never end by themselves."""

import signal
import time
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded

from config.celery import app

__all__ = ["app"]


@app.task(name="overlong.heeding", soft_time_limit=1, time_limit=60)
def heeding(*, told: str) -> None:
    try:
        time.sleep(600)
    except SoftTimeLimitExceeded:
        Path(told).touch()


@app.task(name="overlong.deaf", soft_time_limit=1, time_limit=2)
def deaf() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(600)
