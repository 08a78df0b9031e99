#!/bin/sh
# Two roles: one owns the tables, the app works as the other and cannot touch the audit book (docs/operations.md).
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner="$(cat /run/secrets/owner_password)" --set app="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE harmony_owner LOGIN PASSWORD :'owner';
CREATE ROLE harmony_app LOGIN PASSWORD :'app';
CREATE DATABASE harmony OWNER harmony_owner;
SQL
