# Commands in and trades out with kcat. librdkafka hashes keys in another way unless it is told: hence the partitioner.
broker=${broker:-127.0.0.1:9092}
echo 'KCAT|{"timestamp":"2026-03-02T09:00:00Z","instrument":"KCAT","action":"NEW","order_id":"k1","client_id":"alice","side":"SELL","type":"LIMIT","price":"10","quantity":"5"}
KCAT|{"timestamp":"2026-03-02T09:00:01Z","instrument":"KCAT","action":"NEW","order_id":"k2","client_id":"bob","side":"BUY","type":"MARKET","quantity":"3"}' |
  kcat -P -b "$broker" -t crossbook.commands -K '|' -X topic.partitioner=murmur2_random -X acks=all
until kcat -C -b "$broker" -t crossbook.trades -o beginning -e -q -f '%k %s\n' | grep '^KCAT '; do sleep 0.2; done
