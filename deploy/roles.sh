#!/bin/sh
# Two roles: one owns the tables, the app works as the other and cannot touch the audit book (docs/operations.md).
# SECRETS names the folder with both passwords, where it is not the one of a container.
set -eu
secrets="${SECRETS:-/run/secrets}"
psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner="$(cat "$secrets/owner_password")" --set app="$(cat "$secrets/app_password")" <<'SQL'
CREATE ROLE harmony_owner LOGIN PASSWORD :'owner';
CREATE ROLE harmony_app LOGIN PASSWORD :'app';
CREATE DATABASE harmony OWNER harmony_owner;
SQL
