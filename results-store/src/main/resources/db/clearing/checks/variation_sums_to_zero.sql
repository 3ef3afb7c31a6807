-- What some are paid as variation margin, others pay: per instrument, and so per currency.
SELECT currency || ' ' || instrument AS subject, '0' AS expected, sum(amount)::text AS found
FROM variation_margins
WHERE clearing_no = :clearing
GROUP BY currency, instrument
HAVING sum(amount) <> 0
ORDER BY currency, instrument
