-- What the ledger of the stream had realized by the last command that was taken is what the batch has realized, for every
-- member whose trades were not corrected.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
corrected AS (
    SELECT DISTINCT l.instrument, l.member
    FROM corrections_for(:clearing) c
    JOIN LATERAL (
        SELECT t.instrument, unnest(ARRAY[t.buy_client_id, t.sell_client_id]) AS member FROM trades t
        WHERE t.run_id = c.run_id AND t.instrument = c.instrument AND t.trade_no = c.trade_no AND c.trade_no > 0
        UNION ALL
        SELECT f.instrument, f.client_id FROM fills f
        WHERE f.run_id = c.run_id AND f.instrument = c.instrument AND f.sequence = c.sequence AND c.trade_no = 0) l ON true),
streamed AS (
    SELECT r.instrument, r.client_id AS member, sum(r.pnl) AS realized
    FROM this
    JOIN clearing_instruments i USING (clearing_no)
    JOIN realized_pnl r ON r.run_id = this.run_id AND r.instrument = i.instrument AND r.sequence <= i.to_sequence
    GROUP BY r.instrument, r.client_id)
SELECT coalesce(s.instrument, b.instrument) || ' ' || coalesce(s.member, b.member) AS subject,
       coalesce(s.realized, 0)::text AS expected, coalesce(b.realized_in_all, 0)::text AS found
FROM streamed s
FULL JOIN (SELECT * FROM clearing_pnl WHERE clearing_no = :clearing AND member <> 'external') b USING (instrument, member)
WHERE coalesce(s.realized, 0) <> coalesce(b.realized_in_all, 0)
  AND NOT EXISTS (SELECT FROM corrected c
                  WHERE c.instrument = coalesce(s.instrument, b.instrument) AND c.member = coalesce(s.member, b.member))
ORDER BY subject
