-- Who traded what was corrected: only there may batch and stream differ.
CREATE FUNCTION corrected_accounts(clearing bigint) RETURNS TABLE (instrument text, member text) LANGUAGE sql STABLE AS $$
    SELECT c.instrument, leg.member
    FROM corrections_for(clearing) c
    JOIN trades t ON t.run_id = c.run_id AND t.instrument = c.instrument AND t.trade_no = c.trade_no
    CROSS JOIN LATERAL (VALUES (t.buy_client_id), (t.sell_client_id)) leg (member)
    WHERE c.trade_no > 0
    UNION
    SELECT c.instrument, f.client_id
    FROM corrections_for(clearing) c
    JOIN fills f ON f.run_id = c.run_id AND f.instrument = c.instrument AND f.sequence = c.sequence
    WHERE c.trade_no = 0
$$;

-- First in, first out of the corrected accounts, told by another rule than the ledgers of stream and batch follow: the n-th unit
-- that an account ever bought and the n-th that it ever sold are one closed unit, and a unit without a partner is open. So
-- what was bought and what was sold are laid beside each other on one scale of units, and cut where a trade of either ends.
CREATE FUNCTION fifo_of_corrected(clearing bigint, as_corrected boolean)
RETURNS TABLE (instrument text, member text, bought_trade_id text, sold_trade_id text, quantity numeric,
               bought_at numeric, sold_at numeric) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE chain AS (
        SELECT r.clearing_no, r.previous_no FROM clearing_runs r WHERE r.clearing_no = clearing
        UNION ALL
        SELECT p.clearing_no, p.previous_no FROM chain JOIN clearing_runs p ON p.clearing_no = chain.previous_no),
    accounts AS MATERIALIZED (
        SELECT a.instrument, a.member, r.run_id, i.to_sequence, i.to_trade_no
        FROM corrected_accounts(clearing) a
        JOIN clearing_runs r ON r.clearing_no = clearing
        JOIN clearing_instruments i ON i.clearing_no = clearing AND i.instrument = a.instrument),
    booked AS (
        -- As the clearings of the chain novated it.
        SELECT a.instrument, a.member, l.side, l.sequence, l.trade_no, l.trade_id, abs(l.quantity) AS quantity, l.price
        FROM chain
        JOIN accounts a ON true
        JOIN clearing_legs l ON l.clearing_no = chain.clearing_no AND l.instrument = a.instrument AND l.member = a.member
        WHERE as_corrected
        UNION ALL
        -- As it was traded.
        SELECT a.instrument, a.member, leg.side, t.sequence, t.trade_no, t.trade_id, t.quantity, t.price
        FROM accounts a
        JOIN trades t ON t.run_id = a.run_id AND t.instrument = a.instrument AND t.trade_no <= a.to_trade_no
        JOIN LATERAL (VALUES (t.buy_client_id, 'BUY'), (t.sell_client_id, 'SELL')) leg (member, side) ON leg.member = a.member
        WHERE NOT as_corrected
        UNION ALL
        SELECT a.instrument, a.member, f.side, f.sequence, 0, f.trade_id, f.quantity, f.price
        FROM accounts a
        JOIN fills f ON f.run_id = a.run_id AND f.instrument = a.instrument AND f.client_id = a.member
             AND f.sequence <= a.to_sequence
        WHERE NOT as_corrected),
    scaled AS (
        SELECT b.*, sum(b.quantity) OVER (PARTITION BY b.instrument, b.member, b.side ORDER BY b.sequence, b.trade_no) AS ends_at
        FROM booked b),
    cuts AS (
        SELECT s.instrument, s.member, s.ends_at,
               max(s.trade_id) FILTER (WHERE s.side = 'BUY') AS bought, max(s.price) FILTER (WHERE s.side = 'BUY') AS bought_at,
               max(s.trade_id) FILTER (WHERE s.side = 'SELL') AS sold, max(s.price) FILTER (WHERE s.side = 'SELL') AS sold_at
        FROM scaled s GROUP BY s.instrument, s.member, s.ends_at),
    -- A piece belongs to the first purchase and the first sale that end at its cut or beyond.
    pieces AS (
        SELECT c.*, c.ends_at - coalesce(lag(c.ends_at) OVER up, 0) AS quantity,
               count(c.bought) OVER down AS purchase, count(c.sold) OVER down AS sale
        FROM cuts c
        WINDOW up AS (PARTITION BY c.instrument, c.member ORDER BY c.ends_at),
               down AS (PARTITION BY c.instrument, c.member ORDER BY c.ends_at DESC))
    SELECT p.instrument, p.member, max(p.bought) OVER bought, max(p.sold) OVER sold, p.quantity,
           max(p.bought_at) OVER bought, max(p.sold_at) OVER sold
    FROM pieces p
    WINDOW bought AS (PARTITION BY p.instrument, p.member, p.purchase),
           sold AS (PARTITION BY p.instrument, p.member, p.sale)
$$;
