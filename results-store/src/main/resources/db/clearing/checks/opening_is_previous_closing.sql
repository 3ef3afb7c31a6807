-- A position opens where the official clearing of the previous business day closed it, and that is the newest before this.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing)
SELECT coalesce(p.instrument, b.instrument) || ' ' || coalesce(p.member, b.member) AS subject,
       coalesce(b.close_quantity, 0)::text AS expected, p.open_quantity::text AS found
FROM (SELECT * FROM clearing_positions WHERE clearing_no = :clearing) p
FULL JOIN (
    SELECT before.* FROM this JOIN clearing_positions before ON before.clearing_no = this.previous_no) b
    USING (instrument, member)
WHERE p.open_quantity IS DISTINCT FROM coalesce(b.close_quantity, 0)
UNION ALL
SELECT 'previous clearing of ' || this.run_id,
       coalesce('the official one, ' || official.business_date || ' run ' || official.run_no, 'none that is official'),
       coalesce(previous.business_date || ' run ' || previous.run_no, 'none')
FROM this
LEFT JOIN clearing_runs previous ON previous.clearing_no = this.previous_no
LEFT JOIN LATERAL (
    SELECT r.* FROM clearing_runs r
    WHERE r.run_id = this.run_id AND r.official AND r.business_date < this.business_date
    ORDER BY r.business_date DESC, r.clearing_no LIMIT 1) official ON true
WHERE official.clearing_no IS DISTINCT FROM this.previous_no
ORDER BY subject
