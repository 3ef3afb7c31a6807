# shellcheck shell=bash

title_checkpoint() { echo "## How long a checkpoint holds the records up"; }

measure_checkpoint() {
  local parallelism count commands
  count=$(size 500 20)
  commands=${commands_wanted:-$(size 5000000 300000)}
  flow checkpoint --preset multi --instruments "$count" --commands "$commands"
  echo "\`backtest --db none --checkpoint-interval 1s\`, flow multi: $count books with $((199000 * count / 500)) resting orders."
  echo "The stall of an operator is the time from the barrier of a checkpoint to the operator's next record, as Flight"
  echo "Recorder hears it from the operators (event \`io.crossbook.CheckpointStall\`); of those chained in one task counts the"
  echo "longest. The first checkpoint falls into the start, where nothing is compiled yet; the longest of the others is shown"
  echo "beside the longest of all, which is the one that must hold."
  echo
  echo "| parallelism | task | checkpoints | median, ms | max, ms | max but for the first, ms | wanted | holds | state on disk, MiB |"
  echo "|---|---|---|---|---|---|---|---|---|"
  for parallelism in 1 2; do
    checkpoint_rows "$parallelism"
  done
  drop_flows checkpoint
  drop_runs
}

checkpoint_rows() {
  local parallelism=$1 sizes
  java_beside StallRecorder "$work/data" "$work/tmp/stalls.csv"
  state_size &
  sizes=$!
  backtest bench-checkpoint checkpoint none --parallelism "$parallelism" --checkpoint-interval "$(size 1s 500ms)"
  kill "$sizes" 2>/dev/null || true
  wait "$sizes" 2>/dev/null || true
  wait_beside
  say "parallelism $parallelism: $(($(wc -l < "$work/tmp/stalls.csv") - 1)) stalls"
  stalls "$parallelism"
}

# Looks again and again how large a complete checkpoint is, and remembers the largest.
state_size() {
  local most=0 now metadata
  echo 0 > "$work/tmp/state-size"
  while kill -0 $$ 2>/dev/null; do
    for metadata in "$work"/data/runs/bench-checkpoint/checkpoints/*/chk-*/_metadata; do
      [ -f "$metadata" ] || continue
      now=$(du -sk "$(dirname "$metadata")" 2>/dev/null | cut -f1 || true)
      [ "${now:-0}" -le "$most" ] || { most=$now && echo "$most" > "$work/tmp/state-size"; }
    done
    sleep 0.3
  done
}

stalls() {
  awk -F, 'NR > 1 { key = $1 SUBSEP $2; if ($3 > most[key]) most[key] = $3 }
    END { for (key in most) { split(key, at, SUBSEP); printf "%s\t%d\t%.3f\n", at[1], at[2], most[key] } }' \
    "$work/tmp/stalls.csv" | sort -t"$(printf '\t')" -k1,1 -k2,2n > "$work/tmp/stalls.tsv"
  cut -f1 "$work/tmp/stalls.tsv" | sort -u | while IFS= read -r task; do
    awk -F'\t' -v task="$task" '$1 == task { print $3 }' "$work/tmp/stalls.tsv" > "$work/tmp/stalls-of-task"
    stall_row "$1" "$task"
  done
  [ -s "$work/tmp/stalls.tsv" ] || echo "| $1 | none seen: the run ended before the first checkpoint | | | | | | | |"
}

stall_row() {
  local of=$work/tmp/stalls-of-task most
  most=$(sort -g "$of" | tail -n 1)
  echo "| $1 | ${2%#*} | $(wc -l < "$of") | $(median < "$of" | rounded) | $(rounded <<< "$most") | $(
    tail -n +2 "$of" | sort -g | tail -n 1 | rounded) | ≤ 150 ms | $(holds_at_most "$most" 150) | $(
    awk '{ printf "%.1f", $1 / 1024 }' "$work/tmp/state-size") |"
}

rounded() { awk '{ printf "%.1f", $1 }'; }
