-- A run that goes on stores rows between checkpoints. After a crash it goes back to a checkpoint and says again what is
-- stored already; this table, written in the transaction of the rows, tells what that is.
CREATE TABLE run_written (
    run_id     text COLLATE "C" NOT NULL,
    instrument text COLLATE "C" NOT NULL,
    source     integer NOT NULL,
    sequence   bigint  NOT NULL,
    PRIMARY KEY (run_id, instrument, source)
);
COMMENT ON COLUMN run_written.sequence IS 'last command of the instrument whose rows are stored; of unreadable records, which have none, the last offset of a partition';
COMMENT ON COLUMN run_written.source IS 'partition of unreadable records, 0 for an instrument';
