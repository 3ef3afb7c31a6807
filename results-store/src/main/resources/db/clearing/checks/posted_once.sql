-- Each amount of variation margin, for a delivery and of fees was posted exactly once, in whole minor units of its currency,
-- to the account of its member.
WITH due AS (
    SELECT 'VM:' || v.instrument || ':' || v.member AS txn, v.member, i.currency,
           half_even(v.amount, i.minor_digits) AS amount
    FROM variation_margins v JOIN clearing_instruments i USING (clearing_no, instrument)
    WHERE clearing_no = :clearing
    UNION ALL
    SELECT 'DVP:' || d.instrument || ':' || d.settlement_date || ':' || d.member, d.member, i.currency,
           half_even(d.cash, i.minor_digits)
    FROM deliveries d JOIN clearing_instruments i USING (clearing_no, instrument)
    WHERE clearing_no = :clearing
    UNION ALL
    SELECT 'FEE:' || i.currency || ':' || f.member, f.member, i.currency, -half_even(sum(f.fee), i.minor_digits)
    FROM clearing_fees f JOIN clearing_instruments i USING (clearing_no, instrument)
    WHERE clearing_no = :clearing
    GROUP BY i.currency, i.minor_digits, f.member),
posted AS (
    SELECT txn, min(account) AS account, min(currency) AS currency, count(*) AS postings, sum(amount) AS amount
    FROM journal
    WHERE clearing_no = :clearing AND account LIKE 'member:%'
      AND (txn LIKE 'VM:%' OR txn LIKE 'DVP:%' OR txn LIKE 'FEE:%')
    GROUP BY txn)
SELECT txn AS subject, coalesce('one of ' || due.amount || ' ' || due.currency, 'no posting') AS expected,
       coalesce(posted.postings || ' of ' || posted.amount || ' ' || posted.currency, 'no posting') AS found
FROM (SELECT * FROM due WHERE amount <> 0) due
FULL JOIN posted USING (txn)
WHERE due.amount IS DISTINCT FROM posted.amount OR due.currency IS DISTINCT FROM posted.currency
   OR 'member:' || due.member || ':cash' IS DISTINCT FROM posted.account OR posted.postings <> 1
ORDER BY subject
