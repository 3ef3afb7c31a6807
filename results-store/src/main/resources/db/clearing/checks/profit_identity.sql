-- Realized and unrealized profit are the value of the position less the cash that was paid for it, and without a position there is
-- neither.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
cash AS (
    SELECT instrument, member, coalesce(b.cash_flow, 0) + coalesce(l.cash, 0) AS cash
    FROM (SELECT b.* FROM this JOIN clearing_positions b ON b.clearing_no = this.previous_no) b
    FULL JOIN (
        SELECT l.instrument, l.member, -sum(l.quantity * l.price * i.multiplier) AS cash
        FROM clearing_legs l JOIN clearing_instruments i USING (clearing_no, instrument)
        WHERE clearing_no = :clearing
        GROUP BY l.instrument, l.member) l USING (instrument, member))
SELECT coalesce(p.instrument, g.instrument) || ' ' || coalesce(p.member, g.member) AS subject,
       p.close_quantity * coalesce(s.price, 0) * i.multiplier + cash.cash || ' on cash of ' || cash.cash AS expected,
       g.realized_in_all + g.unrealized_pnl || ' on cash of ' || coalesce(p.cash_flow::text, 'no position') AS found
FROM (SELECT * FROM clearing_positions WHERE clearing_no = :clearing) p
FULL JOIN (SELECT * FROM clearing_pnl WHERE clearing_no = :clearing) g USING (instrument, member)
LEFT JOIN clearing_instruments i ON i.clearing_no = :clearing AND i.instrument = p.instrument
LEFT JOIN settlement_prices s ON s.clearing_no = :clearing AND s.instrument = p.instrument
LEFT JOIN cash ON cash.instrument = p.instrument AND cash.member = p.member
WHERE p.member IS NULL
   OR g.realized_in_all + g.unrealized_pnl
          IS DISTINCT FROM p.close_quantity * coalesce(s.price, 0) * i.multiplier + cash.cash
   OR p.cash_flow IS DISTINCT FROM cash.cash
ORDER BY subject
