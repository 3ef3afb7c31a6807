#!/bin/sh
# Run once by the Postgres image: a role that reads and does nothing else, for dashboards and notebooks.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$CROSSBOOK_READER_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE crossbook_reader LOGIN PASSWORD :'password';
GRANT pg_read_all_data TO crossbook_reader;
ALTER ROLE crossbook_reader SET default_transaction_read_only = on;
SQL
