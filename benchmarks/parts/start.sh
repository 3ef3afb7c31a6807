# shellcheck shell=bash

title_start() { echo "## Start"; }

measure_start() {
  local db
  flow start --preset balanced --commands "$(size 100000 20000)"
  flow three --preset balanced --commands 3
  head -n 4 "$work/flows/three.csv" > "$work/tmp/three.csv"
  mv "$work/tmp/three.csv" "$work/flows/three.csv"
  echo "From the command to the first record: until the sink is open and the source has read from the input, looked at every"
  echo "5 ms from outside, with an input of $(($(wc -l < "$work/flows/start.csv") - 1)) lines. And the whole command with three lines, report and all."
  echo "Cold is the first run with an empty data directory, where the embedded Postgres is unpacked and set up; warm is the"
  echo "middle of $rounds runs after it."
  echo
  echo "| database | data directory | first record, s | three lines, whole command, s | wanted | holds |"
  echo "|---|---|---|---|---|---|"
  for db in none embedded; do
    drop_runs
    start_rows "$db"
  done
  drop_flows start three
  drop_runs
}

start_rows() {
  local db=$1 round first cold
  cold=$(first_record "$db")
  : > "$work/tmp/firsts"
  : > "$work/tmp/walls"
  for round in $(seq "$rounds"); do
    first_record "$db" >> "$work/tmp/firsts"
    backtest bench-three three "$db"
    echo "$wall" >> "$work/tmp/walls"
    say "start, $db, round $round: first record after $(tail -n 1 "$work/tmp/firsts") s, three lines in $wall s"
  done
  first=$(median < "$work/tmp/firsts")
  echo "| $db | cold | $cold | | | |"
  echo "| $db | warm | $first | $(median < "$work/tmp/walls") | ≤ 6 s | $(holds_at_most "$first" 6) |"
}

# Seconds from the command to the first record.
first_record() {
  local began
  began=$(now_micros)
  java_beside FirstRecord "$work/data" bench-start "$work/flows/start.csv"
  # An earlier run's spool is gone with its end, so what is seen is this one's.
  backtest bench-start start "$1"
  wait_beside
  awk -v a="$began" '{ printf "%.2f\n", ($1 - a) / 1e6 }' "$work/tmp/beside.out"
}
