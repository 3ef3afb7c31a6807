-- Each transaction has at least two legs, in one currency, that sum to zero.
SELECT txn AS subject, 'two legs or more of one currency that sum to 0' AS expected,
       count(*) || ' legs in ' || string_agg(DISTINCT currency, ' ') || ' that sum to ' || sum(amount) AS found
FROM journal
WHERE clearing_no = :clearing
GROUP BY txn
HAVING sum(amount) <> 0 OR count(*) < 2 OR count(DISTINCT currency) > 1
ORDER BY txn
