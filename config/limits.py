"""The limits of tasks in a worker that does them itself: no parent of a pool is there to watch them."""

import faulthandler
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

from celery import Task
from celery.concurrency.solo import TaskPool
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import task_postrun, task_prerun


def mind(instance: Any, **_: Any) -> None:
    """Let a worker that is its own pool keep to the limits of its tasks."""
    if issubclass(instance.pool_cls, TaskPool):
        signal.signal(signal.SIGALRM, remind)
        task_prerun.connect(begin)
        task_postrun.connect(end)


def begin(task: Task, **_: Any) -> None:
    """Wake a task at its soft limit; at the hard one end the process, even in code that heeds no signal."""
    if task.soft_time_limit:
        signal.setitimer(signal.ITIMER_REAL, task.soft_time_limit)
    if task.time_limit:
        faulthandler.dump_traceback_later(task.time_limit, exit=True, file=sys.__stderr__ or sys.stderr)


def end(**_: Any) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    faulthandler.cancel_dump_traceback_later()


def remind(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SoftTimeLimitExceeded
