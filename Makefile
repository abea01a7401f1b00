# The two commands: `make run` starts the service, `make test` checks all of it.
# PORT, DATA_DIR, DATABASE_URL and the rest of the environment go to the service as they are.

FIND_PYTHON = python=; \
	for candidate in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo 'ContentCreate needs Python 3.11 or later: install it first (on Debian and Ubuntu: apt install python3 python3-venv).' >&2; \
	    exit 1; \
	fi

.PHONY: run test check

run:
	@$(FIND_PYTHON); "$$python" ops/launch/install.py requirements.txt \
	    && exec .venv/bin/python manage.py run

test: check
	# Real processes share two cores with the suite: what fails beside others has to pass alone.
	.venv/bin/python -m pytest -q -n 2 \
	    || .venv/bin/python -m pytest -v --last-failed --last-failed-no-failures none
	.venv/bin/python -m pytest -q -n 2 --embedded \
	    || .venv/bin/python -m pytest -v --embedded --last-failed --last-failed-no-failures none

check:
	@$(FIND_PYTHON); "$$python" ops/launch/install.py tests/requirements.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo
	.venv/bin/mypy .
	find analysis ops templates -path '*templates/*' -name '*.html' \
	    -exec .venv/bin/djade --check --target-version 5.2 {} +
	.venv/bin/python -W "ignore:Got an error checking a consistent migration" \
	    manage.py makemigrations --check --dry-run
