# shellcheck shell=bash

title_api() { echo "## The API under load"; }

measure_api() {
  local pid address seconds warm entered stored
  seconds=$(size 60 5)
  warm=$(size 300 5)
  rm -rf "$work/data"
  mkdir -p "$work/data"
  rm -f "$work/tmp/up.out"
  ./crossbook up --heap 1g --partitions 1 --api-port 18080 --data-dir "$work/data" --json > "$work/tmp/up.out" 2> "$work/tmp/up.log" &
  pid=$!
  until [ -s "$work/tmp/up.out" ]; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/tmp/up.log" >&2; fail "the stack did not start"; }
    sleep 0.2
  done
  address=$(sed -n 's/.*"api":"\([^"]*\)".*/\1/p' "$work/tmp/up.out")
  echo "\`./crossbook up --partitions 1\`: database, broker, job and API, and the callers beside them on the same machine; $seconds s each, after"
  echo "$warm s to warm up, in which four processes compile their code on two busy cores (the others: half a minute). 64 connections, each"
  echo "one request at a time, served by one thread of the callers. An order is answered when it is matched: durable in Kafka, with its trades."
  echo
  echo "| request | connections | answered/s | wanted | holds | median, ms | wanted | holds | 99 % within, ms | wanted | holds | longest, ms | failures | unknown (202) |"
  echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
  : > "$work/tmp/cpu.md"
  api_row orders "\`POST /orders\`" 4000 20 150
  warm=$(size 30 5)
  api_row fills "\`POST /portfolio/trades\`" 4000 20 150
  api_row pnl "\`GET /portfolio/pnl\`" 6500 "" 25
  api_row orderbook "\`GET /market/orderbook\`" 6500 "" 25
  # The history is longer now by all that was entered so far.
  entered=$(curl_metric "$address" orders_received_total)
  api_row orders "\`POST /orders\`, $entered orders later" 4000 20 150
  echo
  echo "CPU time of each process for one request, warm-up included, in ms; two cores have 2 ms a millisecond:"
  echo
  echo "| request | API | broker | job | database | callers | all | both cores busy |"
  echo "|---|---|---|---|---|---|---|---|"
  cat "$work/tmp/cpu.md"
  echo
  entered=$(curl_metric "$address" orders_received_total)
  stored=$(stored_orders)
  echo "Orders entered: $entered, rows of \`orders\` in Postgres afterwards: $stored, equal: $([ "$entered" = "$stored" ] && echo yes || echo NO)."
  echo
  api_stream
  kill "$pid"
  wait "$pid" || true
  rm -rf "$work/data"
}

# api_row KIND NAME RATE-WANTED MEDIAN-WANTED P99-WANTED; an empty one is not asked for
api_row() {
  local line count rate median p99 most failures unknown cpu_before cpu_after answered began ended
  answered=$(all_answered)
  cpu_before=$(cpu_milliseconds)
  began=$(date +%s%3N)
  TIMEFORMAT='%U %S'
  { time line=$("$java" -cp benchmarks/target/classes io.crossbook.benchmarks.ApiLoad "$address" "$1" 64 "$seconds" "$warm" 0); } \
    2> "$work/tmp/callers"
  ended=$(date +%s%3N)
  cpu_after=$(cpu_milliseconds)
  answered=$(($(all_answered) - answered))
  say "$line"
  read -r count rate median p99 most failures unknown < <(sed -E \
    's/^[a-z]+: ([0-9]+) requests, ([0-9]+)\/s, median ([0-9.]+) ms, p99 ([0-9.]+) ms, max ([0-9.]+) ms, ([0-9]+) failures, ([0-9]+) unknown.*/\1 \2 \3 \4 \5 \6 \7/' <<< "$line")
  echo "| $2 | 64 | $rate | ≥ $3 | $(holds "$rate" "$3") | $median | ${4:+≤ $4} | ${4:+$(holds_at_most "$median" "$4")} | $p99 | ≤ $5 | $(holds_at_most "$p99" "$5") | $most | $failures | $unknown |"
  echo "$cpu_before $cpu_after $(tail -n 1 "$work/tmp/callers")" | awk -v name="$2" -v n="$answered" -v wall="$((ended - began))" '{
    for (i = 1; i <= 4; i++) { each[i] = ($(i + 4) - $i) / n; all += each[i] }
    each[5] = ($9 + $10) * 1000 / n
    all += each[5]
    printf "| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.0f %% |\n", name, each[1], each[2], each[3], each[4], each[5], all,
      100 * all * n / wall / 2 }' >> "$work/tmp/cpu.md"
}

all_answered() {
  curl_metric "$address" http_server_requests_seconds_count | awk '{ all += $1 } END { print all + 0 }'
}

# CPU time so far of API, broker, job and database, in ms.
cpu_milliseconds() {
  local postmaster
  postmaster=$(head -n 1 "$work/data/postgres/data/postmaster.pid")
  # shellcheck disable=SC2046
  echo "$(cpu_of "$(pgrep -P "$pid" -f ServeMain)") $(cpu_of "$(pgrep -P "$pid" -f BrokerMain)")" \
    "$(cpu_of "$(pgrep -P "$pid" -f LiveMain)") $(cpu_of "$postmaster" $(pgrep -P "$postmaster"))"
}

# CPU time of processes together, that of children they have waited for included, in ms; 100 ticks a second on Linux.
cpu_of() {
  local each
  for each in "$@"; do
    cat "/proc/$each/stat" 2>/dev/null || true
  done | sed 's/.*) //' | awk '{ ticks += $12 + $13 + $14 + $15 } END { print ticks * 10 }'
}

curl_metric() {
  "$java" -cp benchmarks/target/classes io.crossbook.benchmarks.ApiMetric "$1" "$2"
}

stored_orders() {
  local url
  url=$(sed -n 's/.*"postgres":"\([^"]*\)".*/\1/p' "$work/tmp/up.out")
  PGPASSWORD=$(cat "$work/data/postgres/password") "$java" -cp "$replay_class_path" io.crossbook.benchmarks.StoredOrders "$url"
}

# 1,000 clients of the WebSocket, 50 trades a second.
api_stream() {
  local clients
  clients=$(size 1000 50)
  echo "$clients clients of the WebSocket follow the trades of one instrument that trades 50 times a second for $seconds s:"
  echo
  echo "| clients | trades | frames received | every client every trade, in order | resync | median, ms | 99 % within, ms |"
  echo "|---|---|---|---|---|---|---|"
  "$java" -Xmx1g -cp benchmarks/target/classes io.crossbook.benchmarks.StreamLoad "$address" "$clients" 50 "$seconds"
}
