# shellcheck shell=bash

title_clearing() { echo "## Clearing a day"; }

measure_clearing() {
  local count
  count=$(size 200 5)
  echo "\`clear what-if\` of a day of $count instruments and 1,000 members, in the embedded Postgres, the middle of $rounds runs: all that"
  echo "a clearing does but to publish. The program has a heap of 1 GiB, always; the most memory is what its process ever held"
  echo "(\`VmHWM\`). Before the commands that trade, each book is filled."
  echo
  day_to_clear small "$(size 130000 20000)"
  day_to_clear large "$(size 1300000 60000)"
  echo "| trades | members | instruments | most memory, MiB | hash of the clearing |"
  echo "|---|---|---|---|---|"
  cat "$work/tmp/cleared-small" "$work/tmp/cleared-large"
  echo
  echo "| step | $(trades_of small) trades, s | $(trades_of large) trades, s | growth |"
  echo "|---|---|---|---|"
  awk 'NR == FNR { small[$1] = $2; next }
    { printf "| %s | %.1f | %.1f | %s |\n", $1, small[$1], $2, (small[$1] > 0) ? sprintf("%.1f", $2 / small[$1]) : "" }
    { all += $2; before += small[$1] }
    END { printf "| all | %.1f | %.1f | %.1f |\n", before, all, all / before }' "$work/tmp/steps-small" "$work/tmp/steps-large"
  drop_runs
}

trades_of() { cut -d'|' -f2 "$work/tmp/cleared-$1" | tr -d ' '; }

# day_to_clear NAME COMMANDS: trades a day and clears it, and leaves what came of it.
day_to_clear() {
  local name=$1 date trades members=1000 round most hash
  drop_runs
  flow "clearing-$name" --preset taking --commands "$2" --clients "$members" --instruments "$count"
  backtest bench-clearing "clearing-$name" embedded
  trades=$(json trades "$work/tmp/run.json")
  members=$(json clients "$work/tmp/run.json")
  date=$(json first_timestamp "$work/tmp/run.json")
  : > "$work/tmp/steps"
  : > "$work/tmp/peaks"
  for round in $(seq "$rounds"); do
    clear_once "${date:0:10}"
    say "clearing, $name, round $round: $(awk '{ all += $2 } END { print all }' "$work/tmp/once") s"
    cat "$work/tmp/once" >> "$work/tmp/steps"
  done
  most=$(sort -n "$work/tmp/peaks" | tail -n 1)
  hash=$(sed -n 's/^  "hash" : "\([0-9a-f]*\)".*/\1/p' "$work/tmp/clear.json" | head -n 1)
  echo "| $trades | $members | $count | $((most / 1024)) | ${hash:0:12} |" > "$work/tmp/cleared-$name"
  # Each step's middle, in the order of the steps.
  while read -r step _; do
    echo "$step $(awk -v step="$step" '$1 == step { print $2 }' "$work/tmp/steps" | median)"
  done < "$work/tmp/once" > "$work/tmp/steps-$name"
  drop_flows "clearing-$name"
}

# clear_once DATE: the steps and their seconds, a line each.
clear_once() {
  local pid program
  ./crossbook clear what-if --date "$1" --run bench-clearing --data-dir "$work/data" --out "$work/out/clearing" --json \
    > "$work/tmp/clear.json" 2> "$work/tmp/clear.log" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    # The highest of a process only grows, so the last look that found it has it.
    program=$(pgrep -f 'jobs/clearing/target/clearing.jar' | head -n 1 || true)
    [ -z "$program" ] || sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$program/status" 2>/dev/null >> "$work/tmp/peaks" || true
    sleep 0.2
  done
  wait "$pid" || {
    cat "$work/tmp/clear.log" >&2
    fail "the day could not be cleared"
  }
  sed -n 's/^ *\([a-z]*\) .* \([0-9.]*\) s$/\1 \2/p' "$work/tmp/clear.log" > "$work/tmp/once"
}
