-- Unrealized is computed where it is read: a new mark changes everybody's, and touches nobody's row. It follows from
-- realized + unrealized = cash flow + position × mark × multiplier, and so costs the same whatever the number of open lots.
CREATE FUNCTION unrealized_pnl(net_quantity numeric, cash_flow numeric, realized_pnl numeric, mark_price numeric,
                               multiplier numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN net_quantity = 0 THEN 0
        ELSE trim_scale(cash_flow + net_quantity * mark_price * multiplier - realized_pnl)
    END;
COMMENT ON FUNCTION unrealized_pnl IS 'exact; 0 for a flat position, NULL for an open one without a mark';

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
    SELECT unrealized_pnl(p.net_quantity, p.cash_flow, p.realized_pnl, m.mark_price, worth.multiplier)
        AS unrealized_pnl) valued;
