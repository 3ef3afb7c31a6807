-- Unrealized is computed here: a new mark changes everybody's, and touches nobody's row. It follows from realized +
-- unrealized = cash flow + position × mark × multiplier, and so costs the same whatever the number of open lots.
CREATE OR REPLACE VIEW v_positions AS
SELECT p.run_id, p.client_id, p.instrument, coalesce(i.currency, 'USD') AS currency,
       p.net_quantity, p.average_price, m.mark_price,
       trim_scale(p.net_quantity * m.mark_price * worth.multiplier) AS market_value,
       p.realized_pnl, valued.unrealized_pnl, p.fees,
       trim_scale(p.realized_pnl + valued.unrealized_pnl - p.fees) AS net_pnl,
       p.cash_flow, p.closed_quantity, p.sequence, p.updated_at, nanos_to_timestamptz(p.updated_at) AS updated_time
FROM positions p
LEFT JOIN instruments i USING (run_id, instrument)
LEFT JOIN v_marks m USING (run_id, instrument)
CROSS JOIN LATERAL (SELECT coalesce(i.multiplier, 1) AS multiplier) worth
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN p.net_quantity = 0 THEN 0
        ELSE trim_scale(p.cash_flow + p.net_quantity * m.mark_price * worth.multiplier - p.realized_pnl)
    END AS unrealized_pnl) valued;
