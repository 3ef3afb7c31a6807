-- Each amount of variation margin was posted exactly once, in whole minor units, to the account of its member.
SELECT coalesce(due.txn, posted.txn) AS subject,
       CASE WHEN due.amount IS NULL THEN 'no posting' ELSE 'one of ' || due.amount END AS expected,
       coalesce(posted.postings || ' of ' || posted.amount, 'no posting') AS found
FROM (
    SELECT 'VM:' || v.instrument || ':' || v.member AS txn, 'member:' || v.member || ':cash' AS account,
           half_even(v.amount, i.minor_digits) AS amount
    FROM variation_margins v JOIN clearing_instruments i USING (clearing_no, instrument)
    WHERE clearing_no = :clearing AND half_even(v.amount, i.minor_digits) <> 0) due
FULL JOIN (
    SELECT txn, min(account) AS account, count(*) AS postings, sum(amount) AS amount
    FROM journal
    WHERE clearing_no = :clearing AND txn LIKE 'VM:%' AND account LIKE 'member:%'
    GROUP BY txn) posted USING (txn)
WHERE due.amount IS DISTINCT FROM posted.amount OR due.account IS DISTINCT FROM posted.account OR posted.postings <> 1
ORDER BY subject
