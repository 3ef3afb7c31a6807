# shellcheck shell=bash

title_live() { echo "## Live"; }

measure_live() {
  local name
  echo "The same commands from files and, with \`--until-end\`, from a filled topic of the embedded broker, both with the embedded"
  echo "Postgres. A live run also stores every execution and every change of the book, as a backtest does with"
  echo "\`--executions --book-history\`, and sends all of it to topics. Hashes must be equal."
  echo
  echo "| flow | commands | from files, commands/s | from a topic, commands/s | ratio | wanted | holds | from files, with all that a live run stores, commands/s | ratio | hash |"
  echo "|---|---|---|---|---|---|---|---|---|---|"
  for name in balanced multi; do
    live_row "$name"
  done
  drop_runs
}

live_row() {
  local name=$1 from_files of_files storing_all
  flow "live-$name" --preset "$name" --commands "${commands_wanted:-$(size 1000000 50000)}" --instruments "$([ "$name" = multi ] && size 500 20 || echo 1)"
  backtest "bench-files" "live-$name" embedded
  from_files=$rate
  of_files=$hash
  backtest "bench-files" "live-$name" embedded --executions --book-history
  storing_all=$rate
  ./crossbook publish "$work/flows/live-$name.csv" --data-dir "$work/data" --topic-prefix "$name" > "$work/tmp/publish.log" 2>&1 || {
    cat "$work/tmp/publish.log" >&2
    fail "the flow $name could not be published"
  }
  ./crossbook live --until-end --run-id "live-$name" --topic-prefix "$name" --instruments "$work/flows/live-$name-instruments.csv" \
    --heap "$heap" --out "$work/out-live" --data-dir "$work/data" --json > "$work/tmp/run.json" 2> "$work/tmp/live.log" || {
    cat "$work/tmp/live.log" >&2
    fail "the live run of $name failed"
  }
  read_figures "$work/tmp/run.json"
  rm -rf "$work/out-live"
  say "live, $name: $rate commands/s from a topic, $from_files from files, $storing_all with all that a live run stores"
  echo "| $name | $rows | $from_files | $rate | $(ratio "$rate" "$from_files") | ≥ 0.5 | $(
    holds "$(ratio "$rate" "$from_files")" 0.5) | $storing_all | $(ratio "$rate" "$storing_all") | $([ "$hash" = "$of_files" ] && echo equal || echo DIFFERS) |"
  drop_flows "live-$name"
}
