-- The positions of all members in an instrument sum to zero: the house stands between them and holds nothing itself.
SELECT instrument AS subject, '0' AS expected, sum(close_quantity)::text AS found
FROM clearing_positions
WHERE clearing_no = :clearing
GROUP BY instrument
HAVING sum(close_quantity) <> 0
ORDER BY instrument
