-- Variation margin again, leg by leg: k * carried * (S - S of the day before), and k * quantity * (S - P) for each leg.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
parts AS (
    SELECT b.instrument, b.member, i.multiplier * b.close_quantity * (s.price - s0.price) AS amount
    FROM this
    JOIN clearing_positions b ON b.clearing_no = this.previous_no AND b.close_quantity <> 0
    JOIN clearing_instruments i ON i.clearing_no = this.clearing_no AND i.instrument = b.instrument
    JOIN settlement_prices s ON s.clearing_no = this.clearing_no AND s.instrument = b.instrument
    JOIN settlement_prices s0 ON s0.clearing_no = this.previous_no AND s0.instrument = b.instrument
    WHERE i.kind IN ('FUTURE', 'CFD')
    UNION ALL
    SELECT l.instrument, l.member, i.multiplier * l.quantity * (s.price - l.price)
    FROM this
    JOIN clearing_legs l ON l.clearing_no = this.clearing_no
    JOIN clearing_instruments i ON i.clearing_no = l.clearing_no AND i.instrument = l.instrument
    JOIN settlement_prices s ON s.clearing_no = l.clearing_no AND s.instrument = l.instrument
    WHERE i.kind IN ('FUTURE', 'CFD')),
anew AS (SELECT instrument, member, sum(amount) AS amount FROM parts GROUP BY instrument, member)
SELECT coalesce(v.instrument, anew.instrument) || ' ' || coalesce(v.member, anew.member) AS subject,
       coalesce(anew.amount, 0)::text AS expected, v.amount::text AS found
FROM (SELECT * FROM variation_margins WHERE clearing_no = :clearing) v
FULL JOIN anew USING (instrument, member)
WHERE v.amount IS DISTINCT FROM coalesce(anew.amount, 0)
ORDER BY subject
