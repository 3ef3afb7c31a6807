# shellcheck shell=bash

title_latency() { echo "## How soon a topic answers"; }

measure_latency() {
  local pid address count median most p99
  drop_runs
  rm -f "$work/tmp/latency.log"
  ./crossbook live --run-id bench-latency --topic-prefix latency --heap "$heap" --data-dir "$work/data" \
    > "$work/tmp/latency.out" 2> "$work/tmp/latency.log" &
  pid=$!
  until grep -qs ' reads ' "$work/tmp/latency.log"; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/tmp/latency.log" >&2; fail "the live run did not start"; }
    sleep 0.2
  done
  address=$(sed -n 's/^broker: \([^ ]*\) .*/\1/p' "$work/tmp/latency.log")
  read -r count median p99 most < <("$java" -cp "$replay_class_path" io.crossbook.benchmarks.LiveLatency "$address" latency 1000 "$(size 180 5)" "$(size 60 5)")
  kill "$pid"
  wait "$pid" || true
  drop_runs
  say "latency, 1,000 orders/s: median $median ms, 99 % within $p99 ms"
  echo "1,000 orders a second for $(size 60 5) s, every second of them trades, after $(size 180 5) s to warm up: from handing an order to the"
  echo "producer until its last execution is read from its topic:"
  echo
  echo "| orders | median, ms | wanted | holds | 99 % within, ms | wanted | holds | longest, ms |"
  echo "|---|---|---|---|---|---|---|---|"
  echo "| $count | $median | ≤ 10 | $(holds_at_most "$median" 10) | $p99 | ≤ 50 | $(holds_at_most "$p99" 50) | $most |"
}
