-- What some are to deliver, others are to receive; what some are to pay, others are paid.
SELECT instrument || ' ' || settlement_date AS subject, '0 against 0' AS expected,
       sum(quantity) || ' against ' || sum(cash) AS found
FROM obligations
WHERE clearing_no = :clearing
GROUP BY instrument, settlement_date
HAVING sum(quantity) <> 0 OR sum(cash) <> 0
ORDER BY subject
