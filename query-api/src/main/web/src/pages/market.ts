import { get } from "../api.js";
import { Book } from "../book.js";
import { CandleChart, depthChart } from "../charts.js";
import { choice, empty, fill, h, link, section } from "../dom.js";
import { decimal, timeOfDay } from "../format.js";
import { digits, instrumentPicker } from "../instruments.js";
import type { Digits } from "../instruments.js";
import { ladder } from "../ladder.js";
import { calmly, followBook } from "../live.js";
import { go, to } from "../page.js";
import type { Context, Page } from "../page.js";
import { follow } from "../stream.js";
import { table } from "../table.js";
import type { Candle, Orderbook, Trade } from "../types.js";

const INTERVALS = ["1 min", "5 min", "15 min", "60 min"] as const;
const LEVELS = 15;
const DEPTH_LEVELS = 100;
const TRADES = 30;
/** How often a picture is drawn anew while much goes on. */
const DRAW_MILLIS = 200;
const ASK_MILLIS = 1_000;

interface Price {
  last_price: string | null;
  mark_price: string | null;
  best_bid: string | null;
  best_ask: string | null;
}

/** An instrument: candles, book, depth, last trades; live where the run is. */
export const market: Page = {
  name: "Market",
  show: async (place, context) => {
    const instruments = await context.instruments();
    const instrument = context.argument ?? instruments[0]?.instrument ?? null;
    if (instrument === null) {
      fill(place, empty("Nothing has been traded in this run yet."));
      return;
    }
    const run = context.run.run_id;
    const shown = digits(instruments, instrument);
    const parts = {
      price: h("p", { class: "price-line", "aria-live": "off" }),
      candles: h("div", { class: "candles" }),
      ladder: h("div", { class: "scroll" }),
      depth: h("div", { class: "depth" }),
      trades: h("div", null),
    };
    const minutes = Number((context.query.get("interval") ?? "1").replace(/\D/g, "")) || 1;
    fill(
      place,
      h(
        "div",
        { class: "bar-line" },
        instrumentPicker(instruments, instrument, (chosen) => go(to(run, "market", chosen))),
        choice(INTERVALS, INTERVALS.find((each) => each === `${minutes} min`) ?? "1 min", "Interval", (interval) =>
          go(to(run, "market", instrument, { interval: interval.replace(/\D/g, "") })),
        ),
        link("Replay", to(run, "replay", instrument)),
        context.run.takes_orders ? link("Order", to(run, "ticket", instrument)) : null,
      ),
      h("h1", null, instrument),
      parts.price,
      h(
        "div",
        { class: "columns" },
        h("div", null, section("Candles", "and the quantity that traded", parts.candles), section("Depth", "cumulative", parts.depth)),
        h("div", null, section("Book", "best levels", parts.ladder)),
        h("div", null, section("Last trades", null, parts.trades)),
      ),
    );
    await new Live(context, instrument, minutes, shown, parts).begin(place);
  },
};

type Parts = Record<"price" | "candles" | "ladder" | "depth" | "trades", HTMLElement>;

class Live {
  private readonly book = new Book();

  constructor(
    private readonly context: Context,
    private readonly instrument: string,
    private readonly minutes: number,
    private readonly digits: Digits,
    private readonly parts: Parts,
  ) {}

  private get asked() {
    return { run: this.context.run.run_id, instrument: this.instrument };
  }

  async begin(place: HTMLElement): Promise<void> {
    const { signal } = this.context;
    const [candles, book, trades, price] = await Promise.all([
      this.candles(),
      get<Orderbook>("/market/orderbook", { ...this.asked, levels: DEPTH_LEVELS }, signal),
      this.trades(),
      get<Price>("/market/price", this.asked, signal),
    ]);
    this.book.begin(book);
    this.showPrice(price);
    this.showTrades(trades);
    this.showLadder();
    // Charts measure the place they stand in.
    place.addEventListener("shown", () => this.draw(candles), { once: true });
  }

  private async candles(): Promise<Candle[]> {
    const answer = await get<{ candles: Candle[] }>("/market/candles", { ...this.asked, interval: this.minutes }, this.context.signal);
    return answer.candles;
  }

  private async trades(): Promise<Trade[]> {
    const answer = await get<{ trades: Trade[] }>("/market/trades", { ...this.asked, limit: TRADES }, this.context.signal);
    return answer.trades;
  }

  private draw(candles: Candle[]): void {
    const { parts, context } = this;
    if (candles.length === 0) {
      fill(parts.candles, empty("No trade yet."));
    }
    const chart = candles.length === 0 && !context.run.takes_orders ? null : new CandleChart(parts.candles, this.digits.price || digitsOfPrices(candles));
    chart?.show(candles);
    const depth = depthChart(parts.depth);
    const showDepth = () => depth.show(this.book.bids(DEPTH_LEVELS), this.book.asks(DEPTH_LEVELS));
    showDepth();
    context.onLeave(() => {
      chart?.remove();
      depth.destroy();
    });
    if (!context.run.takes_orders) {
      return;
    }
    const drawBook = calmly(DRAW_MILLIS, () => {
      this.showLadder();
      showDepth();
    });
    const ask = calmly(ASK_MILLIS, () => {
      void Promise.all([this.candles(), this.trades(), get<Price>("/market/price", this.asked, context.signal)]).then(
        ([newer, trades, price]) => {
          if (newer.length > 0) {
            parts.candles.querySelector(".empty")?.remove();
          }
          chart?.show(newer);
          this.showTrades(trades);
          this.showPrice(price);
        },
        () => undefined,
      );
    });
    context.onLeave(followBook(this.instrument, this.book, drawBook));
    context.onLeave(follow(["trades"], this.instrument, ask, ask));
  }

  private showLadder(): void {
    ladder(this.parts.ladder, this.book.bids(LEVELS), this.book.asks(LEVELS), this.digits.price, this.digits.quantity);
  }

  private showPrice(price: Price): void {
    const one = (name: string, value: string | null, figure: string) =>
      h("span", null, h("small", null, `${name} `), h("b", { "data-figure": figure }, decimal(value, this.digits.price) || "–"));
    fill(
      this.parts.price,
      one("last", price.last_price, "last"),
      one("bid", price.best_bid, "bid"),
      one("ask", price.best_ask, "ask"),
      one("mark", price.mark_price, "mark"),
    );
  }

  private showTrades(trades: Trade[]): void {
    fill(
      this.parts.trades,
      trades.length === 0
        ? empty("No trade yet.")
        : table<Trade>(
            [
              { name: "Time", cell: (trade) => timeOfDay(trade.timestamp) },
              {
                name: "Price",
                number: true,
                cell: (trade) => decimal(trade.price, this.digits.price),
                tone: (trade) => (trade.aggressor_side === "BUY" ? "gain" : trade.aggressor_side === "SELL" ? "loss" : ""),
                title: (trade) => (trade.aggressor_side ? `${trade.aggressor_side.toLowerCase()}er came to the book` : "auction"),
              },
              { name: "Quantity", number: true, cell: (trade) => decimal(trade.quantity, this.digits.quantity) },
            ],
            trades,
            { caption: "last trades", key: (trade) => trade.trade_id },
          ),
    );
  }
}

/** As many as the prices have. */
function digitsOfPrices(candles: Candle[]): number {
  return Math.min(8, Math.max(2, ...candles.map((candle) => (candle.close_price.split(".")[1] ?? "").length)));
}
