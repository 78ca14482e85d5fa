"""The servers of `make test` live as long as the command that they were started for."""

import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

CONNECT = """
import os, psycopg2, redis, time
cursor = psycopg2.connect(os.environ["DATABASE_URL"]).cursor()
cursor.execute("SELECT upper('ёлка')")
print(cursor.fetchone()[0], redis.Redis.from_url(os.environ["REDIS_URL"]).ping(), os.environ["DATA_DIR"], flush=True)
"""


def test_the_command_finds_both_servers_and_hands_back_its_code(start):
    servers = start(sys.executable, "bin/servers.py", sys.executable, "-c", CONNECT + "raise SystemExit(7)")
    servers.wait_until_gone()

    upper, answer, folder = servers.output.split()
    assert (upper, answer) == ("ЁЛКА", "True")
    assert servers.process.returncode == 7
    assert not Path(folder).parent.exists()


def residents(folder):
    """The ids of the processes that work in a folder, even in one that is no more.

    Both servers write their titles over the environment by which the rest of a family is known.
    """
    ids = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str((process / "cwd").readlink()).startswith(f"{folder}/"):
                ids.append(int(process.name))
    return ids


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_however_it_is_ended_no_server_stays_behind(start, number):
    servers = start(sys.executable, "bin/servers.py", sys.executable, "-c", CONNECT + "time.sleep(600)")
    servers.wait(lambda: servers.output.startswith("ЁЛКА"))
    folder = Path(servers.output.split()[2]).parent
    living = {(Path("/proc") / str(process) / "comm").read_text().strip() for process in residents(folder)}

    if number == signal.SIGINT:
        servers.press_ctrl_c()
    else:
        servers.process.send_signal(number)

    servers.wait_until_gone()
    servers.wait(lambda: not residents(folder))
    shutil.rmtree(folder, ignore_errors=True)  # what a killed one could not tidy up
    assert living == {"postgres", "redis-server"}
    assert servers.family() == residents(folder) == []
