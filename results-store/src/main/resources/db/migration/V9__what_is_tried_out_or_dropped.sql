-- What a clearing that was only tried out, or failed, was told counts in no other clearing.
ALTER TABLE trade_corrections DROP CONSTRAINT trade_corrections_pkey;
ALTER TABLE trade_corrections ADD PRIMARY KEY (run_id, trade_id, version, clearing_no);

CREATE FUNCTION corrections_for(clearing bigint) RETURNS SETOF trade_corrections LANGUAGE sql STABLE AS $$
    SELECT c.*
    FROM clearing_runs this
    JOIN trade_corrections c ON c.run_id = this.run_id
    JOIN clearing_runs by_whom ON by_whom.clearing_no = c.clearing_no
    WHERE this.clearing_no = clearing
      AND (by_whom.clearing_no = clearing
           OR NOT by_whom.what_if AND (by_whom.official OR by_whom.state = 'COMPLETED'))
$$;
COMMENT ON FUNCTION corrections_for IS
    'what a clearing brought itself, and all that was brought by one that was or is official';

-- What was posted stays as long as the trading run does: a run that is dropped takes its chain along, journal and all.
DROP TRIGGER journal_is_append_only ON journal;

CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM removed JOIN clearing_runs USING (clearing_no) JOIN runs USING (run_id)) THEN
        RAISE EXCEPTION 'the journal is append-only: what was posted is taken back by a posting of its own';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_goes_with_its_run AFTER DELETE ON journal
    REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();

-- What Spring Batch remembers of a chain goes with it.
ALTER TABLE batch.batch_job_execution DROP CONSTRAINT batch_job_execution_job_instance_id_fkey,
    ADD FOREIGN KEY (job_instance_id) REFERENCES batch.batch_job_instance ON DELETE CASCADE;
ALTER TABLE batch.batch_job_execution_params DROP CONSTRAINT batch_job_execution_params_job_execution_id_fkey,
    ADD FOREIGN KEY (job_execution_id) REFERENCES batch.batch_job_execution ON DELETE CASCADE;
ALTER TABLE batch.batch_step_execution DROP CONSTRAINT batch_step_execution_job_execution_id_fkey,
    ADD FOREIGN KEY (job_execution_id) REFERENCES batch.batch_job_execution ON DELETE CASCADE;
ALTER TABLE batch.batch_step_execution_context DROP CONSTRAINT batch_step_execution_context_step_execution_id_fkey,
    ADD FOREIGN KEY (step_execution_id) REFERENCES batch.batch_step_execution ON DELETE CASCADE;
ALTER TABLE batch.batch_job_execution_context DROP CONSTRAINT batch_job_execution_context_job_execution_id_fkey,
    ADD FOREIGN KEY (job_execution_id) REFERENCES batch.batch_job_execution ON DELETE CASCADE;
