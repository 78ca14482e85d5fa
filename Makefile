# The two commands of the house are `make run` and `make test`; the others are parts of them.

# Debian's packages, in one place each; only the missing ones are installed.
RUNNING := python3-venv libpangoft2-1.0-0 libharfbuzz-subset0
TESTING := postgresql redis-server chromium poppler-utils libreoffice-writer-nogui

python := .venv/bin/python
# No process outlives the one that started it, even when that one is killed.
bound := setpriv --pdeathsig TERM
djade = git ls-files 'templates/*.html' | xargs --no-run-if-empty .venv/bin/djade --target-version 5.2

.PHONY: run test check style types contracts fix bench suites ready-to-run ready-to-test

run: ready-to-run
	@$(python) manage.py build_fonts
	@$(python) manage.py collectstatic --noinput --verbosity 0
	@$(python) manage.py migrate --verbosity 0
	@$(python) manage.py demo --if-empty
	@exec $(bound) $(python) bin/tree.py

test: check
	@exec $(bound) $(python) bin/servers.py $(MAKE) --no-print-directory suites

# The fast half: everything that is known without running the portal.
check: ready-to-test
	@$(MAKE) --no-print-directory --jobs --output-sync style types contracts

style:
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	$(djade) --check

types:
	$(python) -m mypy .

contracts:
	.venv/bin/lint-imports
	$(python) manage.py check --fail-level WARNING
	$(python) manage.py makemigrations --check

# What cannot be mended by itself is told by `make check`; djade calls every change a failure, so it is asked again.
fix: ready-to-test
	.venv/bin/ruff check --fix --exit-zero --quiet .
	.venv/bin/ruff format --quiet .
	$(djade) || $(djade)

bench: ready-to-test
	@exec $(bound) $(python) bin/servers.py --durable $(python) -m bench

# Tests run side by side on all cores, and whoever has done its own takes over another's. Redis has sixteen databases.
side_by_side := --numprocesses auto --maxprocesses 8 --dist worksteal

# What does not depend on the database is asked once. Needs the servers that `make test` starts around it.
suites:
	env --unset DATABASE_URL --unset REDIS_URL $(python) -m pytest -m 'not journey' $(side_by_side)
	$(python) -m pytest -m 'stored and not journey' $(side_by_side)
	$(python) -m pytest -m journey $(side_by_side)

ready-to-run:
	@bin/debian $(RUNNING)
	@bin/venv requirements.txt

ready-to-test:
	@bin/debian $(RUNNING) $(TESTING)
	@bin/venv requirements.txt tests/requirements.txt
