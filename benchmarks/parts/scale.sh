# shellcheck shell=bash

title_scale() { echo "## As it grows"; }

measure_scale() {
  # What --heap names is taken at the start; without it the process takes what it needs.
  local count commands heap=
  echo "\`backtest --db none\` without \`--heap\`, flow multi: time of the replay over all commands, those that fill the books"
  echo "included. A million commands are mostly start and compiling: the cost of one falls as commands are added."
  echo
  echo "| instruments | resting orders | commands | parallelism | ns per command | commands/s | memory of the process, MiB |"
  echo "|---|---|---|---|---|---|---|"
  for count in $(size '1 50 500 5000' '1 5 20'); do
    flow "scale" --preset multi --instruments "$count" --commands "$(size 1000000 20000)"
    scale_row scale "$count" "$(resting "$count")" 1
  done
  for commands in $(size '1000000 5000000 20000000' '20000 50000'); do
    count=$(size 500 20)
    flow "scale" --preset multi --instruments "$count" --commands "$commands"
    scale_row scale "$count" "$(resting "$count")" 1
  done
  drop_flows scale
  echo
  echo "One instrument (flow balanced) with half of all commands, beside the same number spread over all instruments:"
  echo
  echo "| instruments | resting orders | commands | parallelism | ns per command | commands/s | memory of the process, MiB |"
  echo "|---|---|---|---|---|---|---|"
  scale_skew
  drop_runs
}

# What the preset multi fills the books with: 199,000 orders in 500 books.
resting() { echo $((199000 * $1 / 500)); }

scale_row() {
  local flow=$1 count=$2 orders=$3 parallelism=$4
  shift 4
  java_beside ReplaySampler "$work/data" "$work/flows/$flow.csv" "$work/tmp/samples.csv" memory
  backtest bench-scale "$flow" none --parallelism "$parallelism" "$@"
  wait_beside
  say "$count instruments, parallelism $parallelism: $rate commands/s"
  echo "| $count | $orders | $rows | $parallelism | $(awk -v s="$elapsed" -v n="$rows" 'BEGIN { printf "%.0f", s * 1e9 / n }') | $rate | $(
    awk -F, 'NR > 1 && $3 > most { most = $3 } END { printf "%.0f", most / 1024 }' "$work/tmp/samples.csv") |"
}

scale_skew() {
  local half count parallelism
  half=$(size 1000000 20000)
  count=$(size 500 20)
  flow even --preset multi --instruments "$count" --commands $((2 * half))
  flow big --preset balanced --commands "$half"
  flow skew --preset multi --instruments "$count" --commands "$half"
  # Both flows call their first instrument S001.
  sed 's/,S001,/,BIG,/' "$work/flows/big.csv" > "$work/flows/big-named.csv"
  sed -n 's/^S001,/BIG,/p' "$work/flows/big-instruments.csv" >> "$work/flows/skew-instruments.csv"
  rm -f "$work/flows/skew.options"
  for parallelism in 1 2; do
    scale_row even "$count" "$(resting "$count")" "$parallelism"
    scale_row skew "$count + 1 with half of it" "$(($(resting "$count") + 2000))" "$parallelism" "$work/flows/big-named.csv"
  done
  drop_flows even big skew big-named
}
