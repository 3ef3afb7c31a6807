-- Each trade that stands has one buying and one selling leg of its quantity and price, as traded or as corrected.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
taken AS (
    SELECT i.*, this.run_id, this.previous_no,
           coalesce((SELECT p.to_trade_no FROM clearing_instruments p
                     WHERE p.clearing_no = this.previous_no AND p.instrument = i.instrument), 0) AS from_trade_no
    FROM this JOIN clearing_instruments i USING (clearing_no)),
corrected AS (
    SELECT DISTINCT ON (run_id, trade_id) c.* FROM corrections_for(:clearing) c
    ORDER BY run_id, trade_id, version DESC),
standing AS (
    SELECT t.instrument, t.sequence, t.trade_no, t.trade_id, coalesce(c.quantity, t.quantity) AS quantity,
           coalesce(c.price, t.price) AS price, t.buy_client_id AS buyer, t.sell_client_id AS seller
    FROM taken
    JOIN trades t ON t.run_id = taken.run_id AND t.instrument = taken.instrument
         AND t.trade_no > taken.from_trade_no AND t.trade_no <= taken.to_trade_no
    LEFT JOIN corrected c ON c.trade_id = t.trade_id AND c.trade_no = t.trade_no
    WHERE c.action IS DISTINCT FROM 'CANCEL'
    UNION ALL
    SELECT f.instrument, f.sequence, 0, f.trade_id, coalesce(c.quantity, f.quantity), coalesce(c.price, f.price),
           CASE f.side WHEN 'BUY' THEN f.client_id ELSE 'external' END,
           CASE f.side WHEN 'SELL' THEN f.client_id ELSE 'external' END
    FROM taken
    JOIN fills f ON f.run_id = taken.run_id AND f.instrument = taken.instrument
         AND f.sequence BETWEEN taken.from_sequence AND taken.to_sequence
    LEFT JOIN corrected c ON c.trade_id = f.trade_id AND c.sequence = f.sequence AND c.trade_no = 0
    WHERE c.action IS DISTINCT FROM 'CANCEL'),
legs AS (
    SELECT instrument, sequence, trade_no, count(*) AS legs,
           min(member) FILTER (WHERE side = 'BUY' AND quantity > 0) AS buyer,
           min(member) FILTER (WHERE side = 'SELL' AND quantity < 0) AS seller,
           sum(quantity) FILTER (WHERE side = 'BUY') AS bought, -sum(quantity) FILTER (WHERE side = 'SELL') AS sold,
           min(price) AS lowest, max(price) AS highest
    FROM clearing_legs WHERE clearing_no = :clearing
    GROUP BY instrument, sequence, trade_no)
SELECT coalesce(s.trade_id, l.instrument || ' command ' || l.sequence || ' trade ' || l.trade_no) AS subject,
       coalesce(s.quantity || ' at ' || s.price || ' from ' || s.seller || ' to ' || s.buyer, 'no leg') AS expected,
       coalesce(l.legs || ' legs, ' || coalesce(l.buyer || ' bought ' || l.bought, 'nobody bought') || ', '
           || coalesce(l.seller || ' sold ' || l.sold, 'nobody sold') || ', at ' || l.lowest
           || CASE WHEN l.highest > l.lowest THEN ' to ' || l.highest ELSE '' END, 'no leg') AS found
FROM standing s
FULL JOIN legs l USING (instrument, sequence, trade_no)
WHERE l.legs IS DISTINCT FROM 2 OR s.trade_id IS NULL OR l.buyer IS DISTINCT FROM s.buyer
   OR l.seller IS DISTINCT FROM s.seller OR l.bought IS DISTINCT FROM s.quantity OR l.sold IS DISTINCT FROM s.quantity
   OR l.lowest IS DISTINCT FROM s.price OR l.highest IS DISTINCT FROM s.price
ORDER BY subject
