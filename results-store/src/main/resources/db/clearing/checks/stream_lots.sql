-- The lots that the stream's trades and realized pieces leave open at the last command that was taken are those of the batch: a
-- trade opened what it did not close, and later pieces closed of that. For a member whose trades were corrected both are
-- made again, as in stream_profit.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
taken AS (SELECT i.instrument, i.to_sequence, i.to_trade_no, this.run_id FROM this JOIN clearing_instruments i USING (clearing_no)),
corrected AS MATERIALIZED (SELECT * FROM corrected_accounts(:clearing)),
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
    FROM parts GROUP BY instrument, member, trade_id, side HAVING sum(quantity) <> 0),
batched AS (
    SELECT instrument, member, trade_id, side, sum(quantity) AS quantity
    FROM clearing_lots WHERE clearing_no = :clearing AND member <> 'external'
    GROUP BY instrument, member, trade_id, side),
again AS (
    SELECT kind.as_corrected, f.instrument, f.member, coalesce(f.bought_trade_id, f.sold_trade_id) AS trade_id,
           CASE WHEN f.sold_trade_id IS NULL THEN 'BUY' ELSE 'SELL' END AS side, sum(f.quantity) AS quantity
    FROM (VALUES (false), (true)) kind (as_corrected)
    CROSS JOIN LATERAL fifo_of_corrected(:clearing, kind.as_corrected) f
    WHERE f.bought_trade_id IS NULL OR f.sold_trade_id IS NULL
    GROUP BY kind.as_corrected, f.instrument, f.member, trade_id, side),
compared AS (
    SELECT instrument, member, '' AS how, trade_id, s.side AS expected_side, s.quantity AS expected, b.side AS found_side,
           b.quantity AS found
    FROM streamed s
    FULL JOIN batched b USING (instrument, member, trade_id, side)
    WHERE (instrument, member) NOT IN (SELECT instrument, member FROM corrected)
    UNION ALL
    SELECT instrument, member, ' as traded', trade_id, a.side, a.quantity, s.side, s.quantity
    FROM (SELECT * FROM again WHERE NOT as_corrected) a
    FULL JOIN (SELECT streamed.* FROM streamed JOIN corrected USING (instrument, member)) s
        USING (instrument, member, trade_id, side)
    UNION ALL
    SELECT instrument, member, ' as corrected', trade_id, a.side, a.quantity, b.side, b.quantity
    FROM (SELECT * FROM again WHERE as_corrected) a
    FULL JOIN (SELECT batched.* FROM batched JOIN corrected USING (instrument, member)) b
        USING (instrument, member, trade_id, side))
SELECT instrument || ' ' || member || how || ' ' || trade_id AS subject,
       coalesce(expected_side || ' ' || expected, 'no lot') AS expected, coalesce(found_side || ' ' || found, 'no lot') AS found
FROM compared
WHERE coalesce(expected, 0) <> coalesce(found, 0)
ORDER BY subject
