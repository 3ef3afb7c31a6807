# shellcheck shell=bash

title_memory() { echo "## A long run in little memory"; }

measure_memory() {
  local days=20 count commands heap=2g
  count=$(size 500 20)
  commands=${commands_wanted:-$(size 20000000 400000)}
  flow memory --preset multi --instruments "$count" --days "$days" --commands "$commands"
  day_ends > "$work/tmp/days"
  echo "\`backtest\` with the embedded Postgres and \`--heap $heap\`: $commands commands over $days days in $count instruments. Memory"
  echo "is that of the replay process (\`VmRSS\`: heap, Flink's buffers, code and all), read every 200 ms, at the end of each"
  echo "simulated day by the place in the input; time per day likewise. What \`--heap\` names is taken at the start, so what could"
  echo "grow is what lies beside the heap, and a heap that did not suffice would end the run. Once the replay is killed"
  echo "(\`kill -9\`) behind the middle of its input and the run resumed; every hash must be the same."
  echo
  echo "| run | days seen | memory at the end of day 1, MiB | median day, MiB | last day, MiB | s per day: first | median | last | hash |"
  echo "|---|---|---|---|---|---|---|---|---|"
  memory_row "parallelism 1" --parallelism 1
  memory_row "parallelism 2" --parallelism 2
  killed_row
  echo
  echo "Hashes equal: $([ "$(cut -d' ' -f1 "$work/tmp/memory-hashes" | sort -u | wc -l)" -eq 1 ] && echo yes || echo NO)."
  drop_flows memory
  drop_runs
}

# The place in the input behind each day's last line.
day_ends() {
  awk '{ day = substr($0, 1, 10) } NR == 2 { at = day } NR > 2 && day != at { print place; at = day }
    { place += length($0) + 1 } END { print place }' "$work/flows/memory.csv"
}

memory_row() {
  local name=$1
  shift
  [ "$name" != "parallelism 1" ] || : > "$work/tmp/memory-hashes"
  rm -f "$work/tmp/samples.csv"
  java_beside ReplaySampler "$work/data" "$work/flows/memory.csv" "$work/tmp/samples.csv" memory
  backtest bench-memory memory embedded "$@"
  wait_beside
  echo "$hash" >> "$work/tmp/memory-hashes"
  say "memory, $name: $rate commands/s, hash $hash"
  echo "| $name | $(days_seen) | ${hash:0:12} |"
}

# Days, memory at the end of the first, the middle and the last day, and the seconds these took. The input is read once
# before, for its digest, so what counts begins where the position last went back.
days_seen() {
  awk -F, '
    NR == FNR { ends[++days] = $1; next }
    FNR == 1 { next }
    $2 >= 0 && $2 < before { day = 0; start = 0 }
    $2 >= 0 { if (!start) start = $1; before = $2 }
    $2 >= 0 { while (day < days && $2 >= ends[day + 1]) { day++; rss[day] = $3 / 1024; at[day] = $1 } }
    END {
      if (!day) { printf "0 | | | | | |"; exit }
      for (i = 1; i <= day; i++) { took[i] = at[i] - (i > 1 ? at[i - 1] : start) }
      middle = int((day + 1) / 2)
      printf "%d | %.0f | %.0f | %.0f | %.1f | %.1f | %.1f",
        day, rss[1], of(rss, day), rss[day], took[1], of(took, day), took[day]
    }
    function of(values, count,   sorted, i, j, v) {
      for (i = 1; i <= count; i++) {
        v = values[i]
        for (j = i - 1; j > 0 && sorted[j] > v; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = v
      }
      return sorted[int((count + 1) / 2)]
    }' "$work/tmp/days" "$work/tmp/samples.csv"
}

killed_row() {
  local pid note='killed and resumed'
  rm -f "$work/tmp/samples.csv"
  java_beside ReplaySampler "$work/data" "$work/flows/memory.csv" "$work/tmp/samples.csv" memory
  long_run --replace > "$work/tmp/killed.json" 2> "$work/tmp/killed.log" &
  pid=$!
  kill_behind_middle "$pid" || note='over before it could be killed'
  wait "$pid" || true
  wait_beside
  long_run --resume > "$work/tmp/run.json" 2> "$work/tmp/backtest.log" || {
    cat "$work/tmp/backtest.log" >&2
    fail "the run could not be resumed"
  }
  read_figures "$work/tmp/run.json"
  echo "$hash" >> "$work/tmp/memory-hashes"
  say "memory, $note: hash $hash"
  echo "| $note | | | | | | | | ${hash:0:12} |"
}

long_run() {
  ./crossbook backtest "$work/flows/memory.csv" --instruments "$work/flows/memory-instruments.csv" --db embedded \
    --run-id bench-memory --heap "$heap" --checkpoint-interval "$(size 10s 200ms)" --out "$work/out" \
    --data-dir "$work/data" --json "$1"
}

# Kills the replay once it has a checkpoint and is behind the middle of its input.
kill_behind_middle() {
  local waited=$1 middle replay
  middle=$(($(stat -c %s "$work/flows/memory.csv") / 2))
  while kill -0 "$waited" 2>/dev/null; do
    replay=$(tail -n 1 "$work/tmp/samples.csv" 2>/dev/null | awk -F, -v middle="$middle" '$2 > middle { print $6 }')
    if [ -n "$replay" ] && compgen -G "$work/data/runs/bench-memory/checkpoints/*/chk-*/_metadata" >/dev/null; then
      kill -9 "$replay" && return
    fi
    sleep 0.1
  done
  return 1
}
