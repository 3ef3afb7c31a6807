import { Problem, get } from "../api.js";
import { Book } from "../book.js";
import { choice, empty, fill, h, section } from "../dom.js";
import { decimal, nanos, time, timeOfDay, timestampOf } from "../format.js";
import { digits, instrumentPicker } from "../instruments.js";
import { ladder } from "../ladder.js";
import { go, to } from "../page.js";
import type { Context, Page } from "../page.js";
import { table } from "../table.js";
import type { BookChange, Orderbook, Trade } from "../types.js";

const SPEEDS = ["1×", "2×", "5×", "10×", "50×", "100×"] as const;
const LEVELS = 15;
const TRADES = 30;
const AT_ONCE = 1_000;
const FRAME_MILLIS = 50;
/** A slider has no nanoseconds. */
const SLIDER_STEPS = 10_000;

/** Book and trades of an instrument at any time of a run, and how they changed. */
export const replay: Page = {
  name: "Replay",
  show: async (place, context) => {
    const instruments = await context.instruments();
    const instrument = context.argument ?? instruments[0]?.instrument ?? null;
    const { first_timestamp: first, last_timestamp: last, run_id: run } = context.run;
    if (instrument === null || !first || !last) {
      fill(place, empty(context.run.takes_orders ? "A live run can be replayed once it is finished." : "This run has no records to replay."));
      return;
    }
    const head = h("div", { class: "bar-line" }, instrumentPicker(instruments, instrument, (chosen) => go(to(run, "replay", chosen))));
    const player = new Player(context, instrument, nanos(first), nanos(last), digits(instruments, instrument));
    try {
      await player.seek(nanosOr(context.query.get("at"), nanos(first)));
      fill(place, head, h("h1", null, instrument), player.element());
      context.onLeave(() => player.pause());
      const pressed = (event: KeyboardEvent) => player.pressed(event);
      addEventListener("keydown", pressed);
      context.onLeave(() => removeEventListener("keydown", pressed));
    } catch (failed) {
      if (failed instanceof Problem && failed.code === "NO_BOOK_HISTORY") {
        fill(place, head, empty("This run keeps no history of its books. ", h("code", null, "./crossbook backtest … --book-history"), " keeps one."));
        return;
      }
      throw failed;
    }
  },
};

function nanosOr(timestamp: string | null, otherwise: bigint): bigint {
  return timestamp !== null && /^\d{4}-\d\d-\d\dT.*Z$/.test(timestamp) ? nanos(timestamp) : otherwise;
}

class Player {
  private readonly book = new Book();
  private now: bigint;
  private changes: BookChange[] = [];
  private next = 0;
  private asking: Promise<void> | null = null;
  private speed = 1;
  private timer: number | undefined;
  private seeking = 0;
  private tradesAt = 0n;

  private readonly clock = h("output", { class: "clock", "data-figure": "at" });
  private readonly ladder = h("div", { class: "scroll" });
  private readonly trades = h("div", null);
  private readonly play = h("button", { type: "button", class: "play", onclick: () => this.toggle() }, "Play");
  private readonly slider = h("input", {
    type: "range",
    min: 0,
    max: SLIDER_STEPS,
    "aria-label": "Time",
    oninput: () => void this.seek(this.first + ((this.last - this.first) * BigInt(this.slider.value)) / BigInt(SLIDER_STEPS)),
  });

  constructor(
    private readonly context: Context,
    private readonly instrument: string,
    private readonly first: bigint,
    private readonly last: bigint,
    private readonly digits: { price: number; quantity: number },
  ) {
    this.now = first;
  }

  private get asked() {
    return { run: this.context.run.run_id, instrument: this.instrument };
  }

  element(): HTMLElement {
    return h(
      "div",
      null,
      h(
        "div",
        { class: "bar-line player" },
        this.play,
        h("button", { type: "button", onclick: () => void this.step() }, "Step"),
        choice(SPEEDS, "1×", "Speed", (speed) => {
          this.speed = Number(speed.replace("×", ""));
        }),
        this.clock,
      ),
      this.slider,
      h("div", { class: "columns two" }, section("Book", "best levels", this.ladder), section("Trades", "until then", this.trades)),
    );
  }

  /** Shows the run as it was at a time. */
  async seek(at: bigint): Promise<void> {
    const mine = ++this.seeking;
    this.now = at < this.first ? this.first : at > this.last ? this.last : at;
    const then = timestampOf(this.now);
    const [{ book, changes }, trades] = await Promise.all([
      get<{ book: Orderbook; changes: BookChange[] }>("/market/orderbook/changes", { ...this.asked, at: then, limit: AT_ONCE }, this.context.signal),
      this.tradesUntil(then),
    ]);
    if (mine !== this.seeking) {
      return;
    }
    this.book.begin(book);
    this.changes = changes;
    this.next = 0;
    this.asking = null;
    this.showTrades(trades);
    this.draw();
    go(to(this.asked.run, "replay", this.instrument, { at: then }), true);
  }

  private async tradesUntil(then: string): Promise<Trade[]> {
    const answer = await get<{ trades: Trade[] }>("/market/trades", { ...this.asked, end_time: then, limit: TRADES }, this.context.signal);
    this.tradesAt = nanos(then);
    return answer.trades;
  }

  pressed(event: KeyboardEvent): void {
    if (/^(INPUT|SELECT|BUTTON)$/.test((event.target as HTMLElement).tagName)) {
      return;
    }
    if (event.key === " ") {
      event.preventDefault();
      this.toggle();
    } else if (event.key === "ArrowRight") {
      void this.step();
    } else if (event.key === "ArrowLeft") {
      void this.back();
    }
  }

  private toggle(): void {
    if (this.timer === undefined) {
      this.play.textContent = "Pause";
      let before = performance.now();
      const tick = () => {
        const passed = performance.now() - before;
        before = performance.now();
        void this.on(BigInt(Math.round(passed * 1e6 * this.speed))).then(
          () => {
            if (this.timer !== undefined) {
              this.timer = setTimeout(tick, FRAME_MILLIS);
            }
          },
          () => this.pause(),
        );
      };
      this.timer = setTimeout(tick, FRAME_MILLIS);
    } else {
      this.pause();
    }
  }

  pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.play.textContent = "Play";
  }

  /** Lets so many nanoseconds of the run pass. */
  private async on(span: bigint): Promise<void> {
    const until = this.now + span > this.last ? this.last : this.now + span;
    for (let change = await this.ahead(); change !== null && nanos(change.timestamp) <= until; change = await this.ahead()) {
      this.book.apply(change.sequence, change.levels);
      this.next++;
    }
    this.now = until;
    this.draw();
    if (until === this.last) {
      this.pause();
    }
    if (this.now - this.tradesAt >= 500_000_000n * BigInt(Math.max(1, Math.min(10, this.speed)))) {
      this.showTrades(await this.tradesUntil(timestampOf(this.now)));
    }
  }

  /** To the next change of the book. */
  private async step(): Promise<void> {
    this.pause();
    const change = await this.ahead();
    if (change === null) {
      await this.seek(this.last);
      return;
    }
    this.next++;
    this.book.apply(change.sequence, change.levels);
    this.now = nanos(change.timestamp);
    this.showTrades(await this.tradesUntil(change.timestamp));
    this.draw();
  }

  /** To just before what can be seen now. */
  private async back(): Promise<void> {
    this.pause();
    const applied = this.changes[this.next - 1];
    await this.seek((applied ? nanos(applied.timestamp) : this.now) - 1n);
  }

  /** The next change, fetched with many others; null behind the last one. */
  private async ahead(): Promise<BookChange | null> {
    if (this.next >= this.changes.length) {
      this.asking ??= get<{ changes: BookChange[] }>(
        "/market/orderbook/changes",
        { ...this.asked, after: this.book.sequence, limit: AT_ONCE },
        this.context.signal,
      ).then((answer) => {
        this.changes = answer.changes;
        this.next = 0;
      });
      await this.asking;
      if (this.changes.length === 0) {
        return null;
      }
      this.asking = null;
    }
    return this.changes[this.next] ?? null;
  }

  private draw(): void {
    this.clock.textContent = time(timestampOf(this.now));
    this.slider.value = String(this.last === this.first ? 0 : Number(((this.now - this.first) * BigInt(SLIDER_STEPS)) / (this.last - this.first)));
    ladder(this.ladder, this.book.bids(LEVELS), this.book.asks(LEVELS), this.digits.price, this.digits.quantity);
  }

  private showTrades(trades: Trade[]): void {
    fill(
      this.trades,
      trades.length === 0
        ? empty("No trade until then.")
        : table<Trade>(
            [
              { name: "Time", cell: (trade) => timeOfDay(trade.timestamp) },
              { name: "Price", number: true, cell: (trade) => decimal(trade.price, this.digits.price), tone: (trade) => (trade.aggressor_side === "SELL" ? "loss" : "gain") },
              { name: "Quantity", number: true, cell: (trade) => decimal(trade.quantity, this.digits.quantity) },
            ],
            trades,
            { caption: "trades", key: (trade) => trade.trade_id },
          ),
    );
  }
}
