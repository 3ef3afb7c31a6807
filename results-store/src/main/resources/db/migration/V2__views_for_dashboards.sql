-- What dashboards and notebooks read. Every view carries run_id, which prunes to the run's partitions, and times as
-- timestamptz beside the exact nanoseconds. Quotients are rounded at 12 decimals; sums and products are exact.

CREATE FUNCTION nanos_to_timestamptz(nanos bigint) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- In two steps: an interval is multiplied as a double, which microseconds since 1970 outgrow in 2255.
    RETURN timestamptz 'epoch' + (nanos / 1000000000) * interval '1 second'
        + (nanos % 1000000000 / 1000) * interval '1 microsecond';
COMMENT ON FUNCTION nanos_to_timestamptz IS 'a time in nanoseconds since 1970 UTC, cut to microseconds';

CREATE FUNCTION minute_of(nanos bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nanos - nanos % 60000000000;

CREATE FUNCTION quotient(dividend numeric, divisor numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN divisor <> 0 THEN trim_scale(round(dividend / divisor, 12)) END;
COMMENT ON FUNCTION quotient IS 'rounded at 12 decimals, for showing only; NULL when divided by zero';

-- The price that values open positions: the newest MARK, else the last trade.
CREATE VIEW v_marks AS
SELECT held.run_id, held.instrument, valued.price AS mark_price, valued.sequence,
       valued.timestamp, nanos_to_timestamptz(valued.timestamp) AS marked_at, valued.origin
FROM (SELECT DISTINCT run_id, instrument FROM positions) held
CROSS JOIN LATERAL (
    (SELECT price, sequence, timestamp, 1 AS preference, 'MARK' AS origin
     FROM marks m
     WHERE m.run_id = held.run_id AND m.instrument = held.instrument
     ORDER BY sequence DESC LIMIT 1)
    UNION ALL
    (SELECT price, sequence, timestamp, 2, 'TRADE'
     FROM trades t
     WHERE t.run_id = held.run_id AND t.instrument = held.instrument
     ORDER BY trade_no DESC LIMIT 1)
    ORDER BY preference LIMIT 1) valued;

-- Unrealized is computed here, from the open lots: a new mark changes everybody's, and touches nobody's row.
CREATE VIEW v_positions AS
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
        ELSE trim_scale((SELECT sum(CASE l.side WHEN 'BUY' THEN l.quantity ELSE -l.quantity END * (m.mark_price - l.price))
              FROM lots l
              WHERE l.run_id = p.run_id AND l.client_id = p.client_id AND l.instrument = p.instrument) * worth.multiplier)
    END AS unrealized_pnl) valued;

-- Sums stay within a currency. Open positions without a mark are counted and left out of unrealized and net.
CREATE VIEW v_pnl_by_client AS
SELECT run_id, client_id, currency,
       count(*) AS instruments,
       count(*) FILTER (WHERE net_quantity <> 0) AS open_positions,
       count(*) FILTER (WHERE unrealized_pnl IS NULL) AS unmarked,
       sum(realized_pnl) AS realized_pnl,
       coalesce(sum(unrealized_pnl), 0) AS unrealized_pnl,
       sum(fees) AS fees,
       trim_scale(coalesce(sum(net_pnl), 0)) AS net_pnl
FROM v_positions
GROUP BY run_id, client_id, currency;

-- P&L of a client at the end of each interval. A quiet instrument has no snapshot of its own for every interval: its
-- newest one until then counts.
CREATE VIEW v_equity AS
SELECT moment.run_id, moment.client_id, coalesce(i.currency, 'USD') AS currency,
       moment.timestamp, nanos_to_timestamptz(moment.timestamp) AS time,
       sum(newest.realized_pnl) AS realized_pnl,
       sum(coalesce(newest.unrealized_pnl, 0)) AS unrealized_pnl,
       sum(newest.fees) AS fees,
       trim_scale(sum(newest.realized_pnl + coalesce(newest.unrealized_pnl, 0) - newest.fees)) AS net_pnl
FROM (SELECT DISTINCT run_id, client_id, timestamp FROM pnl_snapshots) moment
JOIN (SELECT DISTINCT run_id, client_id, instrument FROM pnl_snapshots) held USING (run_id, client_id)
CROSS JOIN LATERAL (
    SELECT s.realized_pnl, s.unrealized_pnl, s.fees
    FROM pnl_snapshots s
    WHERE s.run_id = moment.run_id AND s.client_id = moment.client_id
      AND s.instrument = held.instrument AND s.timestamp <= moment.timestamp
    ORDER BY s.timestamp DESC LIMIT 1) newest
LEFT JOIN instruments i ON i.run_id = moment.run_id AND i.instrument = held.instrument
GROUP BY moment.run_id, moment.client_id, coalesce(i.currency, 'USD'), moment.timestamp;

CREATE VIEW v_candles AS
SELECT run_id, instrument, minute_of(timestamp) AS timestamp, nanos_to_timestamptz(minute_of(timestamp)) AS time,
       (array_agg(price ORDER BY trade_no))[1] AS open_price,
       max(price) AS high_price,
       min(price) AS low_price,
       (array_agg(price ORDER BY trade_no DESC))[1] AS close_price,
       sum(quantity) AS quantity,
       sum(price * quantity) AS volume,
       count(*) AS trade_count,
       quotient(sum(price * quantity), sum(quantity)) AS vwap
FROM trades
GROUP BY run_id, instrument, minute_of(timestamp);

-- Best bid and ask at each book snapshot; a side that was empty is NULL.
CREATE VIEW v_spread AS
SELECT run_id, instrument, sequence, timestamp, nanos_to_timestamptz(timestamp) AS time,
       max(price) FILTER (WHERE side = 'BUY') AS best_bid,
       max(quantity) FILTER (WHERE side = 'BUY') AS bid_quantity,
       max(price) FILTER (WHERE side = 'SELL') AS best_ask,
       max(quantity) FILTER (WHERE side = 'SELL') AS ask_quantity,
       max(price) FILTER (WHERE side = 'SELL') - max(price) FILTER (WHERE side = 'BUY') AS spread,
       quotient(max(price) FILTER (WHERE side = 'SELL') + max(price) FILTER (WHERE side = 'BUY'), 2) AS mid
FROM book_snapshots
WHERE level = 1
GROUP BY run_id, instrument, sequence, timestamp, last;

-- What was entered in each minute and what became of it.
CREATE VIEW v_order_flow AS
SELECT run_id, instrument, minute_of(entered_at) AS timestamp, nanos_to_timestamptz(minute_of(entered_at)) AS time,
       side, type,
       count(*) AS orders,
       count(*) FILTER (WHERE status = 'FILLED') AS filled,
       count(*) FILTER (WHERE status = 'CANCELLED') AS cancelled,
       count(*) FILTER (WHERE status = 'EXPIRED') AS expired,
       count(*) FILTER (WHERE status = 'REJECTED') AS rejected,
       count(*) FILTER (WHERE status IN ('OPEN', 'PARTIALLY_FILLED')) AS open,
       sum(quantity) AS quantity,
       sum(filled_quantity) AS filled_quantity,
       quotient(sum(filled_quantity), sum(quantity)) AS fill_ratio
FROM orders
GROUP BY run_id, instrument, minute_of(entered_at), side, type;

CREATE VIEW v_trades_detailed AS
SELECT t.run_id, t.instrument, t.trade_no, t.trade_id, t.sequence, t.timestamp, nanos_to_timestamptz(t.timestamp) AS time,
       t.price, t.quantity, trim_scale(t.price * t.quantity * coalesce(i.multiplier, 1)) AS notional,
       coalesce(i.currency, 'USD') AS currency,
       t.aggressor_side, t.maker_order_id, t.taker_order_id,
       t.buy_order_id, t.sell_order_id, t.buy_client_id, t.sell_client_id,
       t.buy_client_id = t.sell_client_id AS self_trade
FROM trades t
LEFT JOIN instruments i USING (run_id, instrument);

CREATE VIEW v_run_summary AS
SELECT run_id, mode, version, state,
       nanos_to_timestamptz(started_at) AS started_time,
       nanos_to_timestamptz(ended_at) AS ended_time,
       trim_scale((ended_at - started_at)::numeric / 1000000000) AS elapsed_seconds,
       input_rows, accepted, rejected, duplicate, trades,
       quotient(rejected, input_rows) AS rejected_ratio,
       nanos_to_timestamptz(first_timestamp) AS first_time,
       nanos_to_timestamptz(last_timestamp) AS last_time,
       hash, failure
FROM runs;
