-- The balances of all accounts sum to zero in each currency.
SELECT currency AS subject, '0 to 0' AS expected, sum(opening) || ' to ' || sum(closing) AS found
FROM balances
WHERE clearing_no = :clearing
GROUP BY currency
HAVING sum(closing) <> 0 OR sum(opening) <> 0
ORDER BY currency
