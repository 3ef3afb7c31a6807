-- Which corrections count in a clearing is settled when it freezes its day. Whatever becomes official while it is cut off, it is
-- taken up with these.
CREATE TABLE clearing_corrections (
    clearing_no bigint  NOT NULL REFERENCES clearing_runs,
    trade_id    text COLLATE "C" NOT NULL,
    version     integer NOT NULL,
    brought_by  bigint  NOT NULL,
    PRIMARY KEY (clearing_no, trade_id, version, brought_by)
);
COMMENT ON COLUMN clearing_corrections.brought_by IS 'clearing_no of the clearing that was told of it';

ALTER FUNCTION corrections_for RENAME TO corrections_in_force;

INSERT INTO clearing_corrections (clearing_no, trade_id, version, brought_by)
SELECT r.clearing_no, c.trade_id, c.version, c.clearing_no
FROM clearing_runs r CROSS JOIN LATERAL corrections_in_force(r.clearing_no) c;

CREATE FUNCTION corrections_for(clearing bigint) RETURNS SETOF trade_corrections LANGUAGE sql STABLE AS $$
    SELECT c.*
    FROM clearing_runs this
    JOIN clearing_corrections taken ON taken.clearing_no = this.clearing_no
    JOIN trade_corrections c ON c.run_id = this.run_id AND c.trade_id = taken.trade_id AND c.version = taken.version
         AND c.clearing_no = taken.brought_by
    WHERE this.clearing_no = clearing
$$;
COMMENT ON FUNCTION corrections_for IS 'those that a clearing took when it froze its day';
