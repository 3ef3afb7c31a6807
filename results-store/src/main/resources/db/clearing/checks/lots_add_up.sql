-- Open lots are of one side, and add up to the position.
SELECT coalesce(p.instrument, l.instrument) || ' ' || coalesce(p.member, l.member) AS subject,
       p.close_quantity::text AS expected, l.quantity || ' in lots of ' || l.sides AS found
FROM (SELECT * FROM clearing_positions WHERE clearing_no = :clearing) p
FULL JOIN (
    SELECT instrument, member, sum(CASE side WHEN 'BUY' THEN quantity ELSE -quantity END) AS quantity,
           string_agg(DISTINCT side, ' and ') AS sides
    FROM clearing_lots WHERE clearing_no = :clearing
    GROUP BY instrument, member) l USING (instrument, member)
WHERE coalesce(p.close_quantity, 0) <> coalesce(l.quantity, 0) OR l.sides LIKE '% and %'
ORDER BY subject
