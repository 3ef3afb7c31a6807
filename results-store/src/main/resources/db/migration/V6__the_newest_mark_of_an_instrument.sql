-- What values a position is asked for all the time. In a run that goes on it stands beside how far the instrument is
-- stored, which is written with every commit anyway; without it, it is looked up in marks and trades.
ALTER TABLE run_written ADD mark_price numeric, ADD mark_origin text COLLATE "C";
COMMENT ON COLUMN run_written.mark_price IS 'price of the newest MARK, else of the last trade; NULL without either';
COMMENT ON COLUMN run_written.mark_origin IS 'MARK or TRADE';

UPDATE run_written written
SET mark_price = newest.price, mark_origin = newest.origin
FROM (
    SELECT known.run_id, known.instrument, valued.price, valued.origin
    FROM run_written known
    CROSS JOIN LATERAL (
        (SELECT price, 'MARK' AS origin, 1 AS preference
         FROM marks m WHERE m.run_id = known.run_id AND m.instrument = known.instrument
         ORDER BY sequence DESC LIMIT 1)
        UNION ALL
        (SELECT price, 'TRADE', 2
         FROM trades t WHERE t.run_id = known.run_id AND t.instrument = known.instrument
         ORDER BY trade_no DESC LIMIT 1)
        ORDER BY preference LIMIT 1) valued) newest
WHERE written.run_id = newest.run_id AND written.instrument = newest.instrument;
