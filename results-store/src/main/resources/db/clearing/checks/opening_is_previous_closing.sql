-- A position opens where the official clearing of the previous business day closed it.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing)
SELECT coalesce(p.instrument, b.instrument) || ' ' || coalesce(p.member, b.member) AS subject,
       coalesce(b.close_quantity, 0)::text AS expected, p.open_quantity::text AS found
FROM (SELECT * FROM clearing_positions WHERE clearing_no = :clearing) p
FULL JOIN (
    SELECT before.* FROM this JOIN clearing_positions before ON before.clearing_no = this.previous_no) b
    USING (instrument, member)
WHERE p.open_quantity IS DISTINCT FROM coalesce(b.close_quantity, 0)
UNION ALL
SELECT 'previous clearing of ' || this.run_id, 'the official one of ' || max(official.business_date),
       coalesce(max(previous.business_date) || ' run ' || max(previous.run_no), 'none')
FROM this
JOIN clearing_runs official ON official.run_id = this.run_id AND official.official
     AND official.business_date < this.business_date
LEFT JOIN clearing_runs previous ON previous.clearing_no = this.previous_no
GROUP BY this.run_id
HAVING NOT coalesce(bool_or(previous.official AND official.clearing_no = previous.clearing_no), false)
    OR max(official.business_date) <> max(previous.business_date)
