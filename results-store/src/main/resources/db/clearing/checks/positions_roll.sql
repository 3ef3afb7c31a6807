-- A position closes where it opened and the day's legs took it.
SELECT coalesce(p.instrument, l.instrument) || ' ' || coalesce(p.member, l.member) AS subject,
       (coalesce(p.open_quantity, 0) + coalesce(l.traded, 0))::text AS expected, p.close_quantity::text AS found
FROM (SELECT * FROM clearing_positions WHERE clearing_no = :clearing) p
FULL JOIN (
    SELECT instrument, member, sum(quantity) AS traded
    FROM clearing_legs WHERE clearing_no = :clearing
    GROUP BY instrument, member) l USING (instrument, member)
WHERE p.close_quantity IS DISTINCT FROM coalesce(p.open_quantity, 0) + coalesce(l.traded, 0)
ORDER BY subject
