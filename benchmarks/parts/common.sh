# shellcheck shell=bash
# What the parts of benchmarks/run share. A part prints its Markdown to standard output, all else to standard error.

quick=
commands_wanted=
rounds=5
heap=4g
work=benchmarks/target/run
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
replay_class_path="benchmarks/target/classes:jobs/replay/target/replay.jar:jobs/replay/target/lib/*"

say() { printf 'run: %s\n' "$1" >&2; }

fail() {
  say "$1"
  exit 2
}

# Quick sections stay apart, lest they become results.
set_sizes() {
  if [ -n "$quick" ]; then
    work=$work/quick
    rounds=1
  fi
  out=${out:-$([ -n "$quick" ] && echo "$work/RESULTS.md" || echo benchmarks/RESULTS.md)}
  mkdir -p "$work/flows" "$work/tmp"
}

# The first for a result, the second for a quick pass.
size() {
  if [ -n "$quick" ]; then echo "$2"; else echo "$1"; fi
}

build() {
  ./mvnw -q -B -ntp -Pbenchmarks -DskipTests -Dspotless.check.skip -pl benchmarks,jobs/broker,jobs/clearing,query-api -am package >&2
  export CROSSBOOK_BUILD=never
}

# provenance PART
provenance() {
  local model cores memory changes= of_heap=
  [ "$1" = jmh ] || of_heap=", heap \`-Xmx$heap\` unless said otherwise"
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  cores=$(getconf _NPROCESSORS_ONLN)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
  [ -z "$(git status --porcelain -- . ':!benchmarks/RESULTS.md' 2>/dev/null)" ] || changes=', with changes'
  echo "- machine: $cores cores, ${model:-unknown processor}, $memory memory, $(uname -s) $(uname -m)"
  echo "- JDK: $("$java" -version 2>&1 | sed -n 2p)"
  echo "- date: $(date -u +%Y-%m-%dT%H:%MZ)"
  echo "- commit: $(git rev-parse --short HEAD 2>/dev/null || echo unknown)$changes"
  echo "- command: \`$command_line\`$of_heap"
  echo "- load before the start: $(cut -d' ' -f1-3 /proc/loadavg)"
}

# flow NAME OPTION...: generates a flow once; the same options give the same bytes.
flow() {
  local name=$1
  shift
  if [ "$(cat "$work/flows/$name.options" 2>/dev/null)" != "$*" ]; then
    say "generating $name: $*"
    ./crossbook generate --seed 42 "$@" --out "$work/flows/$name.csv" \
      --instruments-file "$work/flows/$name-instruments.csv" 2>>"$work/tmp/generate.log"
    echo "$*" > "$work/flows/$name.options"
  fi
}

# reference_flow NAME: one of the flows that more than one part measures.
reference_flow() {
  local name=$1 commands=5000000 options=()
  [ "$name" != balanced ] || commands=10000000
  # Five hundred books take longer to fill than a quick pass has.
  [ -z "$quick" ] || [ "$name" != multi ] || options=(--instruments 20)
  flow "$name" --preset "$name" --commands "${commands_wanted:-$(size $commands 200000)}" "${options[@]}"
}

# Drops flows that no other part reads.
drop_flows() {
  local name
  for name in "$@"; do
    rm -f "$work/flows/$name.csv" "$work/flows/$name-instruments.csv" "$work/flows/$name.options"
  done
}

now_micros() { echo "${EPOCHREALTIME/[.,]/}"; }

# json KEY FILE: the value of a key of the outermost object.
json() {
  sed -n "s/^  \"$1\" : \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2" | head -n 1
}

# backtest NAME FLOW DB OPTION...: runs one to its end and sets rate, elapsed, wall (seconds a user waits), hash and rows.
backtest() {
  local name=$1 flow=$2 db=$3 began
  shift 3
  began=$(now_micros)
  if ! ./crossbook backtest "$work/flows/$flow.csv" --instruments "$work/flows/$flow-instruments.csv" --db "$db" \
    --run-id "$name" --replace ${heap:+--heap "$heap"} --out "$work/out" --data-dir "$work/data" --json "$@" \
    > "$work/tmp/run.json" 2> "$work/tmp/backtest.log"; then
    cat "$work/tmp/backtest.log" >&2
    fail "the backtest of $flow failed"
  fi
  wall=$(awk -v a="$began" -v b="$(now_micros)" 'BEGIN { printf "%.1f", (b - a) / 1e6 }')
  read_figures "$work/tmp/run.json"
}

read_figures() {
  rate=$(json commands_per_second "$1")
  elapsed=$(json elapsed_seconds "$1")
  hash=$(json hash "$1")
  # The plain loop says commands, a run the rows of its input, one level deeper.
  rows=$(sed -n 's/^ *"\(rows\|commands\)" : \([0-9]*\).*/\2/p' "$1" | head -n 1)
}

# java_beside CLASS ARGUMENT...: one of our programs that looks at a backtest while it runs, in the background.
java_beside() {
  local class=$1
  shift
  "$java" -XX:+UseSerialGC -cp benchmarks/target/classes "io.crossbook.benchmarks.$class" "$@" \
    > "$work/tmp/beside.out" 2> "$work/tmp/beside.log" &
  beside=$!
}

# A program that waits for a backtest which failed would wait for long.
trap '[ -z "${beside:-}" ] || kill "$beside" 2>/dev/null || true' EXIT

# The end of that program; its log where it fails.
wait_beside() {
  local code=0
  wait "$beside" || code=$?
  beside=
  [ "$code" -eq 0 ] || cat "$work/tmp/beside.log" >&2
  return "$code"
}

drop_runs() { rm -rf "$work/data" "$work/out" "$work/plain"; }

# The middle of the numbers on standard input, one a line.
median() {
  sort -g | awk '{ v[NR] = $1 } END { if (NR) print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# Least, middle and most of them as three cells.
spread() {
  sort -g | awk '{ v[NR] = $1 } END {
    if (NR) printf "%.0f | %.0f | %.0f", v[1], (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[NR] }'
}

# ratio A B
ratio() {
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'
}

# median_ratio FILE FILE: the middle of the ratios line by line.
median_ratio() {
  paste -d' ' "$1" "$2" | awk '$2 > 0 { printf "%.3f\n", $1 / $2 }' | median
}

# holds VALUE LEAST: yes or no.
holds() { awk -v value="$1" -v least="$2" 'BEGIN { print (value + 0 >= least + 0) ? "yes" : "no" }'; }

holds_at_most() { awk -v value="$1" -v most="$2" 'BEGIN { print (value + 0 <= most + 0) ? "yes" : "no" }'; }
