-- What the ledger of the stream had realized by the last command that was taken is what the batch has realized. For a member
-- whose trades were corrected both are made again, the stream's of the trades as they were made and the batch's of the legs as
-- they were corrected, so that what lies between them is what the corrections explain.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
streamed AS (
    SELECT r.instrument, r.client_id AS member, sum(r.pnl) AS realized
    FROM this
    JOIN clearing_instruments i USING (clearing_no)
    JOIN realized_pnl r ON r.run_id = this.run_id AND r.instrument = i.instrument AND r.sequence <= i.to_sequence
    GROUP BY r.instrument, r.client_id),
batched AS (SELECT * FROM clearing_pnl WHERE clearing_no = :clearing AND member <> 'external'),
again AS (
    SELECT kind.as_corrected, f.instrument, f.member, sum(f.quantity * (f.sold_at - f.bought_at)) * i.multiplier AS realized
    FROM (VALUES (false), (true)) kind (as_corrected)
    CROSS JOIN LATERAL fifo_of_corrected(:clearing, kind.as_corrected) f
    JOIN clearing_instruments i ON i.clearing_no = :clearing AND i.instrument = f.instrument
    GROUP BY kind.as_corrected, f.instrument, f.member, i.multiplier),
compared AS (
    SELECT coalesce(s.instrument, b.instrument) || ' ' || coalesce(s.member, b.member) AS subject,
           s.realized AS expected, b.realized_in_all AS found
    FROM streamed s
    FULL JOIN batched b USING (instrument, member)
    WHERE (coalesce(s.instrument, b.instrument), coalesce(s.member, b.member)) NOT IN (
        SELECT instrument, member FROM corrected_accounts(:clearing))
    UNION ALL
    SELECT c.instrument || ' ' || c.member || ' as traded', a.realized, s.realized
    FROM corrected_accounts(:clearing) c
    LEFT JOIN again a ON NOT a.as_corrected AND a.instrument = c.instrument AND a.member = c.member
    LEFT JOIN streamed s ON s.instrument = c.instrument AND s.member = c.member
    UNION ALL
    SELECT c.instrument || ' ' || c.member || ' as corrected', a.realized, b.realized_in_all
    FROM corrected_accounts(:clearing) c
    LEFT JOIN again a ON a.as_corrected AND a.instrument = c.instrument AND a.member = c.member
    LEFT JOIN batched b ON b.instrument = c.instrument AND b.member = c.member)
SELECT subject, coalesce(expected, 0)::text AS expected, coalesce(found, 0)::text AS found
FROM compared
WHERE coalesce(expected, 0) <> coalesce(found, 0)
ORDER BY subject
