-- What the clearing that is replaced had posted, its reversals take back, account by account.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing)
SELECT account || ' ' || currency AS subject, '0' AS expected, sum(amount)::text AS found
FROM (
    SELECT j.account, j.currency, j.amount
    FROM this JOIN journal j ON j.clearing_no = this.supersedes_no
    WHERE j.txn NOT LIKE 'REVERSAL:%'
    UNION ALL
    SELECT j.account, j.currency, j.amount
    FROM this JOIN journal j USING (clearing_no)
    WHERE j.txn LIKE 'REVERSAL:%') both_sides
GROUP BY account, currency
HAVING sum(amount) <> 0
ORDER BY subject
