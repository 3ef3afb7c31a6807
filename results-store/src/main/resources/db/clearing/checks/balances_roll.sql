-- An account opens where it closed the day before, and closes where the postings of the date took it; in a clearing that is
-- only tried out, where its own took it.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
before AS (SELECT b.* FROM this JOIN balances b ON b.clearing_no = this.previous_no),
posted AS (
    SELECT j.account, j.currency, sum(j.amount) AS amount
    FROM this
    JOIN clearing_runs r USING (run_id, business_date)
    JOIN journal j ON j.clearing_no = r.clearing_no
    WHERE r.clearing_no = this.clearing_no OR r.state = 'COMPLETED' AND NOT r.what_if AND NOT this.what_if
    GROUP BY j.account, j.currency)
SELECT account || ' ' || currency AS subject,
       coalesce(before.closing, 0) || ' to ' || coalesce(before.closing, 0) + coalesce(posted.amount, 0) AS expected,
       b.opening || ' to ' || b.closing AS found
FROM (SELECT * FROM balances WHERE clearing_no = :clearing) b
FULL JOIN before USING (account, currency)
FULL JOIN posted USING (account, currency)
WHERE b.opening IS DISTINCT FROM coalesce(before.closing, 0)
   OR b.closing IS DISTINCT FROM coalesce(before.closing, 0) + coalesce(posted.amount, 0)
ORDER BY subject
