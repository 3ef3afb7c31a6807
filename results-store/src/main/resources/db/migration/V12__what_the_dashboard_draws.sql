-- No figure is computed in a picture: what pages draw beside what is stored comes from here.

-- As before, and how far below its highest the P&L of a client stands; the beginning, with nothing earned, counts as a height.
CREATE OR REPLACE VIEW v_equity AS
SELECT moment.run_id, moment.client_id, coalesce(i.currency, 'USD') AS currency,
       moment.timestamp, nanos_to_timestamptz(moment.timestamp) AS time,
       sum(newest.realized_pnl) AS realized_pnl,
       sum(coalesce(newest.unrealized_pnl, 0)) AS unrealized_pnl,
       sum(newest.fees) AS fees,
       trim_scale(sum(newest.realized_pnl + coalesce(newest.unrealized_pnl, 0) - newest.fees)) AS net_pnl,
       trim_scale(sum(newest.realized_pnl + coalesce(newest.unrealized_pnl, 0) - newest.fees)
           - greatest(0, max(sum(newest.realized_pnl + coalesce(newest.unrealized_pnl, 0) - newest.fees))
               OVER (PARTITION BY moment.run_id, moment.client_id, coalesce(i.currency, 'USD') ORDER BY moment.timestamp)))
           AS drawdown
FROM (SELECT DISTINCT run_id, client_id, timestamp FROM pnl_snapshots) moment
JOIN (SELECT DISTINCT run_id, client_id, instrument FROM pnl_snapshots) held USING (run_id, client_id)
CROSS JOIN LATERAL (
    SELECT s.realized_pnl, s.unrealized_pnl, s.fees
    FROM pnl_snapshots s
    WHERE s.run_id = moment.run_id AND s.client_id = moment.client_id
      AND s.instrument = held.instrument AND s.timestamp <= moment.timestamp
    ORDER BY s.timestamp DESC LIMIT 1) newest
LEFT JOIN instruments i ON i.run_id = moment.run_id AND i.instrument = held.instrument
GROUP BY moment.run_id, moment.client_id, coalesce(i.currency, 'USD'), moment.timestamp;

-- The steps of a clearing as the batch job remembers them; one that was cut off was begun more than once.
CREATE VIEW v_clearing_steps AS
SELECT c.clearing_no, c.run_id, c.business_date, c.run_no, c.what_if, min(s.step_execution_id) AS step_no,
       s.step_name AS step, (array_agg(s.status ORDER BY s.step_execution_id DESC))[1] AS state, count(*) AS attempts,
       trim_scale(round(sum(extract(epoch FROM s.end_time - s.start_time)), 3)) AS elapsed_seconds
FROM clearing_runs c
JOIN batch.batch_job_execution_params run ON run.parameter_name = 'run' AND run.parameter_value = c.run_id
JOIN batch.batch_job_execution_params day ON day.job_execution_id = run.job_execution_id
    AND day.parameter_name = 'businessDate' AND day.parameter_value = c.business_date::text
JOIN batch.batch_job_execution_params number ON number.job_execution_id = run.job_execution_id
    AND number.parameter_name = 'runNo' AND number.parameter_value = c.run_no::text
JOIN batch.batch_job_execution_params kind ON kind.job_execution_id = run.job_execution_id
    AND kind.parameter_name = 'kind' AND kind.parameter_value = CASE WHEN c.what_if THEN 'WHAT_IF' ELSE 'CLEARING' END
JOIN batch.batch_step_execution s ON s.job_execution_id = run.job_execution_id
GROUP BY c.clearing_no, c.run_id, c.business_date, c.run_no, c.what_if, s.step_name;
COMMENT ON COLUMN v_clearing_steps.elapsed_seconds IS 'of all attempts that came to an end';

-- What a clearing that replaces another changed in what members pay and get.
CREATE VIEW v_restated_variation AS
SELECT c.clearing_no, c.run_id, c.business_date, c.run_no, changed.member, changed.instrument, changed.currency,
       changed.old_amount, changed.new_amount, trim_scale(changed.new_amount - changed.old_amount) AS difference
FROM clearing_runs c
CROSS JOIN LATERAL (
    SELECT member, instrument, currency, coalesce(before.amount, 0) AS old_amount, coalesce(after.amount, 0) AS new_amount
    FROM (SELECT * FROM variation_margins WHERE clearing_no = c.supersedes_no) before
    FULL JOIN (SELECT * FROM variation_margins WHERE clearing_no = c.clearing_no) after USING (member, instrument, currency))
    changed
WHERE c.supersedes_no IS NOT NULL AND changed.old_amount <> changed.new_amount;
