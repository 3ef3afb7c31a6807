-- Whatever is held has one settlement price, on a tick.
SELECT held.instrument AS subject, 'one price, a multiple of ' || trim_scale(i.tick_size) AS expected,
       coalesce(trim_scale(s.price)::text, 'none') AS found
FROM (
    SELECT DISTINCT instrument FROM clearing_positions
    WHERE clearing_no = :clearing AND (open_quantity <> 0 OR close_quantity <> 0 OR traded_quantity <> 0)) held
JOIN clearing_instruments i ON i.clearing_no = :clearing AND i.instrument = held.instrument
LEFT JOIN settlement_prices s ON s.clearing_no = i.clearing_no AND s.instrument = i.instrument
WHERE s.price IS NULL OR s.price % i.tick_size <> 0
ORDER BY subject
