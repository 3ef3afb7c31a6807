-- Rows are loaded by COPY; the key of a run's partition is built when the run ends, as those of the other tables.
ALTER TABLE pnl_snapshots DROP CONSTRAINT pnl_snapshots_pkey;
