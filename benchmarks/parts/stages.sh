# shellcheck shell=bash

title_stages() { echo "## Where the time goes"; }

measure_stages() {
  local flow
  echo "\`backtest --db none --parallelism 1\`. CPU time by async-profiler, loaded into the replay once it has started: a"
  echo "sample each 20 ms of CPU, counted for the stage of its innermost frame that belongs to one. In the product"
  echo "nothing of this is on board. Garbage is what the task threads allocate between 40 % and 90 % of the input, over the"
  echo "commands in between, in a run of its own."
  for flow in balanced multi; do
    reference_flow "$flow"
    printf '\n### %s\n\n' "$flow"
    stage_table "$flow"
    echo
    garbage "$flow"
  done
  drop_runs
}

# The profiler comes with the libraries of the benchmarks; prints nothing where there is none for this machine.
profiler_library() {
  local jar folder=benchmarks/target/profiler machine
  jar=$(tr ':' '\n' < benchmarks/target/classpath | grep '/async-profiler-[^/]*\.jar$' | head -n 1)
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) machine=linux-x64 ;;
    Linux-aarch64) machine=linux-arm64 ;;
    *) return 0 ;;
  esac
  mkdir -p "$folder"
  (cd "$folder" && "${java%java}jar" xf "$jar" "$machine/libasyncProfiler.so")
  echo "$folder/$machine/libasyncProfiler.so"
}

stage_table() {
  local flow=$1 library
  library=$(profiler_library)
  if [ -z "$library" ]; then
    skipped "there is no async-profiler for $(uname -s) $(uname -m)"
    return
  fi
  java_beside ReplayProfiler "$work/data" "$library" "$work/tmp/$flow.stacks"
  backtest bench-stages "$flow" none --parallelism 1
  if ! wait_beside; then
    skipped "$(head -n 1 "$work/tmp/beside.log")"
    return
  fi
  echo "$rows commands in $elapsed s, the profiler on board:"
  echo
  "$java" -cp benchmarks/target/classes io.crossbook.benchmarks.StageTable "$work/tmp/$flow.stacks" "$rows"
}

skipped() {
  say "stages are skipped: $1"
  echo "Skipped: $1."
}

garbage() {
  local flow=$1 bytes source rest both
  java_beside ReplaySampler "$work/data" "$work/flows/$flow.csv" "$work/tmp/samples.csv" allocation
  backtest bench-stages "$flow" none --parallelism 1
  wait_beside
  bytes=$(garbage_per_command "$work/tmp/samples.csv" "$(stat -c %s "$work/flows/$flow.csv")" "$rows")
  echo "| garbage of the task threads | bytes per command | wanted | holds |"
  echo "|---|---|---|---|"
  if [ -z "$bytes" ]; then
    echo "| too few samples | | ≤ 100 | |"
    return
  fi
  read -r source rest both <<< "$bytes"
  echo "| source | $source | | |"
  echo "| matcher, ledger and sink | $rest | | |"
  echo "| both | $both | ≤ 100 | $(holds_at_most "$both" 100) |"
}

# garbage_per_command SAMPLES BYTES COMMANDS: of the source, of the rest, of both. The input is read once before, for its
# digest, so what counts begins where the position last went back.
garbage_per_command() {
  awk -F, -v size="$2" -v commands="$3" '
    NR == 1 || $2 < 0 || $5 == 0 { next }
    $2 < before { first = 0 }
    { before = $2 }
    $2 >= 0.4 * size && !first { first = $2; source = $4; rest = $5 }
    first && $2 <= 0.9 * size { last = $2; sourceEnd = $4; restEnd = $5 }
    END {
      between = (last - first) / size * commands
      if (first && between > 0) {
        printf "%.1f %.1f %.1f\n", (sourceEnd - source) / between, (restEnd - rest) / between,
          (sourceEnd - source + restEnd - rest) / between
      }
    }' "$1"
}
