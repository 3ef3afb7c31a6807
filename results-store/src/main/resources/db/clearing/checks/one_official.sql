-- A chain has at most one official clearing of a date, and this one replaces that.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing)
SELECT r.run_id || ' ' || r.business_date AS subject, 'one official clearing' AS expected,
       count(*) || ' official clearings' AS found
FROM this JOIN clearing_runs r USING (run_id)
WHERE r.official
GROUP BY r.run_id, r.business_date
HAVING count(*) > 1
UNION ALL
SELECT r.run_id || ' ' || r.business_date, 'replaces run ' || r.run_no,
       coalesce('replaces clearing ' || this.supersedes_no, 'replaces none')
FROM this JOIN clearing_runs r USING (run_id, business_date)
WHERE r.official AND r.clearing_no <> this.clearing_no AND NOT this.what_if
  AND this.supersedes_no IS DISTINCT FROM r.clearing_no
ORDER BY subject
