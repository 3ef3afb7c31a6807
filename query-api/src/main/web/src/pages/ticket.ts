import { Problem, get, post } from "../api.js";
import { empty, fill, h, link, section } from "../dom.js";
import { decimal, rounded, time, words } from "../format.js";
import { digits, instrumentPicker } from "../instruments.js";
import { ladder } from "../ladder.js";
import { calmly, followBook } from "../live.js";
import { go, to } from "../page.js";
import type { Context, Page } from "../page.js";
import { Book } from "../book.js";
import { follow } from "../stream.js";
import { table } from "../table.js";
import type { Instrument, Listed, Order, OrderAnswer, Orderbook } from "../types.js";
import { orderColumns, showExecutions } from "./clients.js";

const LEVELS = 8;
const KEY = "crossbook-client";
const TYPES = ["LIMIT", "MARKET", "STOP", "STOP_LIMIT"];
const TIMES_IN_FORCE = ["GTC", "DAY", "IOC", "FOK"];

/** Enters orders into the live run, and shows what becomes of them. */
export const ticket: Page = {
  name: "Order",
  show: async (place, context) => {
    if (!context.run.takes_orders) {
      fill(place, empty(`${context.run.run_id} takes no orders: only the live run of `, h("code", null, "./crossbook up"), " does."));
      return;
    }
    const instruments = await context.instruments();
    const instrument = context.argument ?? instruments[0]?.instrument ?? "";
    const page = new Ticket(context, instruments, instrument);
    fill(
      place,
      h(
        "div",
        { class: "bar-line" },
        instrumentPicker(instruments, instrument, (chosen) => go(to(context.run.run_id, "ticket", chosen))),
        instrument ? link("Market", to(context.run.run_id, "market", instrument)) : null,
      ),
      h(
        "div",
        { class: "columns two" },
        h("div", null, section(instrument || "Order", "enter an order", page.form()), page.answer),
        h("div", null, section("Book", "best levels", page.ladder)),
      ),
      section("Orders", "of this client, newest first", page.orders),
    );
    await page.begin();
  },
};

class Ticket {
  readonly answer = h("div", { class: "answer", role: "status" });
  readonly ladder = h("div", { class: "scroll" });
  readonly orders = h("div", null);
  private readonly book = new Book();
  private readonly client = h("input", { name: "client_id", required: true, maxlength: 64, value: storedClient(), onchange: () => this.clientChanged() });

  constructor(
    private readonly context: Context,
    private readonly instruments: Instrument[],
    private readonly instrument: string,
  ) {}

  form(): HTMLElement {
    const select = (name: string, values: string[]) =>
      h("select", { name, onchange: () => show() }, values.map((value) => h("option", { value }, words(value))));
    const amount = (name: string, required: boolean) =>
      h("input", { name, inputmode: "decimal", autocomplete: "off", pattern: "[0-9]*\\.?[0-9]+", required });
    const field = (label: string, input: HTMLElement) => h("label", null, h("span", null, label), input);
    const type = select("type", TYPES);
    const price = amount("price", true);
    const stop = amount("stop_price", true);
    const priceField = field("Price", price);
    const stopField = field("Stop price", stop);
    const show = () => {
      const limited = type.value === "LIMIT" || type.value === "STOP_LIMIT";
      const stopped = type.value === "STOP" || type.value === "STOP_LIMIT";
      priceField.hidden = !limited;
      price.disabled = !limited;
      stopField.hidden = !stopped;
      stop.disabled = !stopped;
    };
    const button = (side: "BUY" | "SELL") =>
      h("button", { type: "submit", name: "side", value: side, class: side.toLowerCase() }, side === "BUY" ? "Buy" : "Sell");
    const form = h(
      "form",
      {
        class: "order-form",
        onsubmit: (event: Event) => {
          event.preventDefault();
          const side = ((event as SubmitEvent).submitter as HTMLButtonElement | null)?.value ?? "BUY";
          void this.enter(form, side);
        },
      },
      field("Instrument", h("input", { name: "instrument", required: true, maxlength: 64, value: this.instrument })),
      field("Client", this.client),
      field("Type", type),
      field("In force", select("tif", TIMES_IN_FORCE)),
      priceField,
      stopField,
      field("Quantity", amount("quantity", true)),
      h("div", { class: "sides" }, button("BUY"), button("SELL")),
    );
    show();
    return form;
  }

  async begin(): Promise<void> {
    await this.loadOrders();
    const { run } = this.context;
    if (this.instrument) {
      this.book.begin(await get<Orderbook>("/market/orderbook", { run: run.run_id, instrument: this.instrument, levels: 100 }, this.context.signal));
      this.showBook();
      this.context.onLeave(followBook(this.instrument, this.book, calmly(200, () => this.showBook())));
    }
    const again = calmly(500, () => void this.loadOrders().catch(() => undefined));
    this.context.onLeave(
      follow(
        ["orders"],
        "",
        (frame) => {
          if ("client_id" in frame.data && frame.data.client_id === this.client.value) {
            again();
          }
        },
        again,
      ),
    );
  }

  private showBook(): void {
    const { price, quantity } = digits(this.instruments, this.instrument);
    ladder(this.ladder, this.book.bids(LEVELS), this.book.asks(LEVELS), price, quantity);
  }

  private clientChanged(): void {
    try {
      localStorage.setItem(KEY, this.client.value);
    } catch {
      // Then it is typed again next time.
    }
    void this.loadOrders().catch(() => undefined);
  }

  private async loadOrders(): Promise<void> {
    const client = this.client.value.trim();
    if (client === "") {
      fill(this.orders, empty("Name a client to see its orders."));
      return;
    }
    const page = await get<Listed<"orders", Order>>("/orders", { run: this.context.run.run_id, client_id: client, limit: 30 }, this.context.signal);
    const open = (order: Order) => order.status === "OPEN" || order.status === "PARTIALLY_FILLED";
    fill(
      this.orders,
      page.orders.length === 0
        ? empty(`No order of ${client} yet.`)
        : table<Order>(
            [
              {
                name: "",
                cell: (order) =>
                  h(
                    "span",
                    { class: "actions" },
                    h("button", { type: "button", onclick: () => void showExecutions(order, this.context.run.run_id) }, "Executions"),
                    open(order) ? h("button", { type: "button", onclick: () => void this.cancel(order) }, "Cancel") : null,
                  ),
              },
              ...orderColumns(this.instruments),
            ],
            page.orders,
            { caption: "orders", key: (order) => order.order_id },
          ),
    );
  }

  /** A key of its own: pressed twice because nothing happened, it is one order all the same. */
  private async enter(form: HTMLFormElement, side: string): Promise<void> {
    const fields: Record<string, string> = { side };
    new FormData(form).forEach((value, name) => {
      if (name !== "side" && String(value).trim() !== "") {
        fields[name] = String(value).trim();
      }
    });
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    try {
      const answer = await post<OrderAnswer | { status_url: string }>("/orders", fields, { "Idempotency-Key": newKey() });
      if ("order" in answer) {
        this.tell(answer);
      } else {
        fill(this.answer, h("p", null, "Not known yet: the order is on its way. ", link("Look again", answer.status_url)));
      }
    } catch (failed) {
      this.refuse(failed);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
      void this.loadOrders().catch(() => undefined);
    }
  }

  private tell({ order, trades }: OrderAnswer): void {
    const { price, quantity } = digits(this.instruments, order.instrument);
    fill(
      this.answer,
      h(
        "p",
        null,
        h("b", { "data-figure": "status" }, words(order.status ?? "")),
        `, order ${order.order_id}: ${decimal(order.filled_quantity, quantity)} of ${decimal(order.quantity, quantity)} filled`,
        ...(order.average_price ? [" at ", rounded(order.average_price, price + 2), " on average"] : []),
      ),
      trades.length === 0
        ? null
        : table(
            [
              { name: "Time", cell: (trade) => time(trade.timestamp) },
              { name: "Price", number: true, cell: (trade) => decimal(trade.price, price) },
              { name: "Quantity", number: true, cell: (trade) => decimal(trade.quantity, quantity) },
            ],
            trades,
            { caption: "fills" },
          ),
    );
  }

  private refuse(failed: unknown): void {
    const problem = failed instanceof Problem ? failed : null;
    fill(
      this.answer,
      h(
        "div",
        { class: "problem", role: "alert" },
        h("p", null, problem ? `${words(problem.code)}: ${problem.message}` : String(failed)),
        problem && problem.fields.length > 0 ? h("ul", null, problem.fields.map((each) => h("li", null, `${each.field}: ${each.message}`))) : null,
      ),
    );
  }

  private async cancel(order: Order): Promise<void> {
    try {
      await post(`/orders/${encodeURIComponent(order.order_id)}/cancel?instrument=${encodeURIComponent(order.instrument)}`, {});
      fill(this.answer, h("p", null, `Order ${order.order_id} is cancelled.`));
    } catch (failed) {
      this.refuse(failed);
    }
    await this.loadOrders().catch(() => undefined);
  }
}

function storedClient(): string {
  try {
    return localStorage.getItem(KEY) ?? "default";
  } catch {
    return "default";
  }
}

/** Browsers keep randomUUID for pages from this machine or over TLS. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
