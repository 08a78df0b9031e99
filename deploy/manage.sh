#!/bin/sh
# `deploy/manage.sh health`, as root: manage.py with the settings of the services, and as their account.
set -eu
cd "$(dirname "$0")/.."
set -a
. /etc/harmony/settings
set +a
exec runuser -u harmony -- .venv/bin/python manage.py "$@"
