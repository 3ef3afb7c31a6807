-- The lots that the stream's trades and realized pieces leave open at the last command that was taken are those of the batch,
-- for every member whose trades were not corrected. A trade opened what it did not close, and later pieces closed of that.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
taken AS (SELECT i.instrument, i.to_sequence, i.to_trade_no, this.run_id FROM this JOIN clearing_instruments i USING (clearing_no)),
corrected AS (SELECT DISTINCT instrument FROM corrections_for(:clearing)),
parts AS (
    SELECT t.instrument, leg.member, t.trade_id, leg.side, t.quantity
    FROM taken
    JOIN trades t ON t.run_id = taken.run_id AND t.instrument = taken.instrument AND t.trade_no <= taken.to_trade_no
    CROSS JOIN LATERAL (VALUES (t.buy_client_id, 'BUY'), (t.sell_client_id, 'SELL')) leg (member, side)
    UNION ALL
    SELECT f.instrument, f.client_id, f.trade_id, f.side, f.quantity
    FROM taken JOIN fills f ON f.run_id = taken.run_id AND f.instrument = taken.instrument AND f.sequence <= taken.to_sequence
    UNION ALL
    SELECT r.instrument, r.client_id, end_.trade_id, end_.side, -r.quantity
    FROM taken
    JOIN realized_pnl r ON r.run_id = taken.run_id AND r.instrument = taken.instrument AND r.sequence <= taken.to_sequence
    CROSS JOIN LATERAL (VALUES
        (r.opening_trade_id, r.side),
        (r.closing_trade_id, CASE r.side WHEN 'BUY' THEN 'SELL' ELSE 'BUY' END)) end_ (trade_id, side)),
streamed AS (
    SELECT instrument, member, trade_id, side, sum(quantity) AS quantity
    FROM parts GROUP BY instrument, member, trade_id, side HAVING sum(quantity) <> 0)
SELECT coalesce(s.instrument, b.instrument) || ' ' || coalesce(s.member, b.member) || ' ' || coalesce(s.trade_id, b.trade_id)
           AS subject,
       coalesce(s.side || ' ' || s.quantity, 'no lot') AS expected, coalesce(b.side || ' ' || b.quantity, 'no lot') AS found
FROM streamed s
FULL JOIN (
    SELECT instrument, member, trade_id, side, sum(quantity) AS quantity
    FROM clearing_lots WHERE clearing_no = :clearing AND member <> 'external'
    GROUP BY instrument, member, trade_id, side) b USING (instrument, member, trade_id, side)
WHERE coalesce(s.quantity, 0) <> coalesce(b.quantity, 0)
  AND coalesce(s.instrument, b.instrument) NOT IN (SELECT instrument FROM corrected)
ORDER BY subject
