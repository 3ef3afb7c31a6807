-- An obligation is what was open before, the day's legs, and what failed, and nothing else.
WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = :clearing),
parts AS (
    SELECT o.instrument, o.settlement_date, o.member, o.quantity, o.cash
    FROM this
    JOIN clearing_runs previous ON previous.clearing_no = this.previous_no
    JOIN obligations o ON o.clearing_no = previous.clearing_no AND o.settlement_date > previous.business_date
    UNION ALL
    SELECT l.instrument, i.settlement_date, l.member, l.quantity, -l.quantity * l.price * i.multiplier
    FROM clearing_legs l JOIN clearing_instruments i USING (clearing_no, instrument)
    WHERE clearing_no = :clearing AND i.kind IN ('SPOT', 'EQUITY')
    UNION ALL
    SELECT d.instrument, i.next_date, d.member, d.failed_quantity, -d.failed_quantity * d.price * i.multiplier
    FROM deliveries d JOIN clearing_instruments i USING (clearing_no, instrument)
    WHERE clearing_no = :clearing),
net AS (
    SELECT instrument, settlement_date, member, sum(quantity) AS quantity, sum(cash) AS cash
    FROM parts GROUP BY instrument, settlement_date, member
    HAVING sum(quantity) <> 0 OR sum(cash) <> 0)
SELECT coalesce(o.instrument, net.instrument) || ' ' || coalesce(o.settlement_date, net.settlement_date) || ' '
           || coalesce(o.member, net.member) AS subject,
       coalesce(net.quantity, 0) || ' against ' || coalesce(net.cash, 0) AS expected,
       o.quantity || ' against ' || o.cash AS found
FROM (SELECT * FROM obligations WHERE clearing_no = :clearing AND (quantity <> 0 OR cash <> 0)) o
FULL JOIN net USING (instrument, settlement_date, member)
WHERE o.quantity IS DISTINCT FROM net.quantity OR o.cash IS DISTINCT FROM net.cash
ORDER BY subject
