# shellcheck shell=bash

title_whole() { echo "## Whole backtests"; }

measure_whole() {
  local flow
  echo "From a CSV file to the files of the run and their hash, $rounds rounds, in each of them every case in turn."
  echo "\`backtest\` is measured as it reports itself: from the start of the replay to the hash, without its checks; beside it"
  echo "is what a user waits for the command, with start, checks and report. The plain loop (\`PlainReplay\`) does the same work"
  echo "with the same classes in one thread without Flink; it checks nothing and has nothing to resume. With Postgres every"
  echo "row is stored in the embedded one as well; \`COPY\` alone loads the same rows into empty tables without keys."
  echo
  echo "| flow | commands | case | commands/s: min | median | max | to the plain loop | the command, s | hash as the plain loop |"
  echo "|---|---|---|---|---|---|---|---|---|"
  rm -rf "$work/tmp/whole"
  mkdir -p "$work/tmp/whole"
  for flow in balanced taking multi; do
    whole_flow "$flow"
  done
  echo
  whole_targets
  drop_runs
}

whole_flow() {
  local flow=$1 round case
  reference_flow "$flow"
  for round in $(seq "$rounds"); do
    whole_case "$flow" p1
    whole_case "$flow" plain
    whole_case "$flow" p2
    if [ "$flow" != taking ]; then
      whole_case "$flow" postgres
      copy_alone "$flow"
    fi
  done
  for case in plain p1 p2 postgres copy; do
    whole_row "$flow" "$case"
  done
}

# One run of a case; its figures go to files of a line each round.
whole_case() {
  local flow=$1 case=$2 to=$work/tmp/whole/$1-$2
  case $case in
    plain) plain_loop "$flow" ;;
    p1) backtest "bench-$flow" "$flow" none --parallelism 1 ;;
    p2) backtest "bench-$flow" "$flow" none --parallelism 2 ;;
    postgres) backtest "bench-$flow" "$flow" embedded --parallelism 1 ;;
  esac
  echo "$rate" >> "$to.rate"
  echo "$wall" >> "$to.wall"
  echo "$hash" >> "$to.hash"
  echo "$rows" > "$work/tmp/whole/$flow.rows"
  say "$flow, $case: $rate commands/s"
}

# The JVM is told what the replay's is, see ReplayProcess of crossbook-cli.
plain_loop() {
  local began
  rm -rf "$work/plain"
  began=$(now_micros)
  "$java" "-Xmx$heap" -XX:+UseParallelGC -XX:FreqInlineSize=120 -XX:MetaspaceSize=256m -Duser.timezone=UTC -cp "$replay_class_path" \
    io.crossbook.benchmarks.PlainReplay "$work/plain" "$work/flows/$1-instruments.csv" "$work/flows/$1.csv" \
    > "$work/tmp/plain.json"
  wall=$(awk -v a="$began" -v b="$(now_micros)" 'BEGIN { printf "%.1f", (b - a) / 1e6 }')
  read_figures "$work/tmp/plain.json"
}

# The rows of the backtest with Postgres just before, loaded by COPY alone.
copy_alone() {
  local flow=$1
  "$java" -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath)" io.crossbook.benchmarks.CopyAlone \
    "$work/data" "bench-$flow" 1 > "$work/tmp/copy.md" 2> "$work/tmp/copy.log" || {
    cat "$work/tmp/copy.log" >&2
    fail "COPY alone failed"
  }
  awk -F'|' 'NF > 5 { print $6 + 0 }' "$work/tmp/copy.md" | tee -a "$work/tmp/whole/$flow-copy.rate" >&2
}

whole_row() {
  local flow=$1 case=$2 from=$work/tmp/whole/$1 name equal='' ratio='' wait=''
  [ -f "$from-$case.rate" ] || return 0
  case $case in
    plain) name="plain loop" ;;
    p1) name="parallelism 1" ;;
    p2) name="parallelism 2" ;;
    postgres) name="parallelism 1, Postgres" ;;
    copy) name="\`COPY\` alone" ;;
  esac
  if [ "$case" != copy ]; then
    equal=$([ "$(sort -u "$from-$case.hash" "$from-plain.hash" | wc -l)" -eq 1 ] && echo yes || echo NO)
    wait=$(median < "$from-$case.wall")
  fi
  [ "$case" = plain ] || ratio=$(median_ratio "$from-$case.rate" "$from-plain.rate")
  echo "| $flow | $(cat "$from.rows") | $name | $(spread < "$from-$case.rate") | $ratio | $wait | $equal |"
}

whole_targets() {
  local from=$work/tmp/whole flow
  echo "| target | measured | wanted | holds |"
  echo "|---|---|---|---|"
  for flow in balanced taking multi; do
    target "$flow: parallelism 1 to the plain loop" "$(median_ratio "$from/$flow-p1.rate" "$from/$flow-plain.rate")" 0.6
  done
  target "multi: parallelism 2 to the plain loop" "$(median_ratio "$from/multi-p2.rate" "$from/multi-plain.rate")" 1
  target "multi: parallelism 2 to parallelism 1" "$(median_ratio "$from/multi-p2.rate" "$from/multi-p1.rate")" 1.6
  target "balanced: commands/s" "$(median < "$from/balanced-p1.rate")" 1000000
  for flow in balanced multi; do
    target "$flow: commands/s with Postgres" "$(median < "$from/$flow-postgres.rate")" 400000
    [ ! -f "$from/$flow-copy.rate" ] || target "$flow: with Postgres to \`COPY\` alone" \
      "$(median_ratio "$from/$flow-postgres.rate" "$from/$flow-copy.rate")" 0.5
  done
}

target() { echo "| $1 | $2 | ≥ $3 | $(holds "$2" "$3") |"; }
