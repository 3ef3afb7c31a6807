# shellcheck shell=bash

title_jmh() { echo "## Order book and ledger alone"; }

measure_jmh() {
  local options=()
  [ -z "$quick" ] || options=(-f 1 -wi 0 -i 1 -p flow=BALANCED -p openLots=10)
  "$java" -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath)" io.crossbook.benchmarks.Measure \
    "$work/tmp/jmh.md" "${options[@]}" 'OrderBookBenchmark|FifoLedgerBenchmark' >&2
  echo "The reference flows of \`crossbook generate\`, seed 42, 1,000,000 commands behind the prefill, in memory as"
  echo "numbers, under the parallel collector. In each shot every engine in turn runs the whole flow through fresh books;"
  echo "times are medians over all shots, and the ratio, Crossbook over exchange-core (its direct book, without disruptor"
  echo "and risk engine), is the median of the ratios of the shots. All engines get ids that are counted, and Crossbook"
  echo "remembers those of the day; below it is measured without that, and with ids that no system counts, such as UUIDs."
  echo
  cat "$work/tmp/jmh.md"
}
