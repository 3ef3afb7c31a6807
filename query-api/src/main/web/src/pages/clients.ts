import { get } from "../api.js";
import { equityCharts } from "../charts.js";
import { signOf } from "../decimal.js";
import { choice, empty, fill, h, section } from "../dom.js";
import { count, decimal, money, rounded, time, timeOfDay, words } from "../format.js";
import { digits } from "../instruments.js";
import { calmly } from "../live.js";
import { go, to } from "../page.js";
import type { Context, Page } from "../page.js";
import { follow } from "../stream.js";
import { pages, table } from "../table.js";
import type { Client, EquityPoint, Execution, Instrument, Listed, Lot, Order, Pnl, Position } from "../types.js";

const ASK_MILLIS = 2_000;

/** Who took part, and of one of them: positions, lots, P&L over time, orders. */
export const clients: Page = {
  name: "Clients",
  show: async (place, context) => {
    const search = context.query.get("search") ?? "";
    const run = context.run.run_id;
    const list = await loadClients(run, search, context.signal);
    const chosen = context.argument ?? list.rows[0]?.client_id ?? null;
    const side = h("div", null);
    const showList = (found: { rows: Client[]; next: string | null }, part: string) =>
      fill(
        side,
        found.rows.length === 0
          ? empty(part ? `No client's name contains “${part}”.` : "Nobody has traded in this run yet.")
          : pages(CLIENTS, found.rows, found.next, (cursor) => loadClients(run, part, context.signal, cursor), {
              caption: "clients",
              chosen: (row) => row.client_id === chosen,
              choose: (row) => go(to(run, "clients", row.client_id, part ? { search: part } : {})),
              key: (row) => row.client_id,
            }),
      );
    showList(list, search);
    const input = h("input", {
      type: "search",
      placeholder: "Search a client",
      "aria-label": "Search a client",
      "data-search": true,
      value: search,
      oninput: calmly(200, () => {
        const part = input.value.trim();
        const show = (found: Awaited<ReturnType<typeof loadClients>>) => {
          // An answer may come after that to what was typed later.
          if (input.value.trim() === part) {
            showList(found, part);
          }
        };
        void loadClients(run, part, context.signal).then(show, () => undefined);
      }),
    });
    const details = h("div", { class: "details" });
    fill(place, h("div", { class: "columns list" }, h("div", null, h("div", { class: "bar-line" }, input), side), details));
    if (chosen !== null) {
      await showClient(place, details, chosen, context);
    }
  },
};

async function loadClients(run: string, search: string, signal: AbortSignal, cursor?: string) {
  const page = await get<Listed<"clients", Client>>("/portfolio/clients", { run, search, cursor, limit: 100 }, signal);
  return { rows: page.clients, next: page.next_cursor };
}

const CLIENTS = [
  { name: "Client", cell: (row: Client) => row.client_id },
  { name: "Net", number: true, cell: (row: Client) => money(row.net_pnl), tone: (row: Client) => signOf(row.net_pnl) },
  { name: "", cell: (row: Client) => row.currency },
];

async function showClient(place: HTMLElement, details: HTMLElement, client: string, context: Context): Promise<void> {
  const run = context.run.run_id;
  const asked = { run, client_id: client };
  const instruments = await context.instruments();
  const holdings = h("div", null);
  const equity = h("div", null);
  const orders = h("div", null);
  const loadHoldings = async () => {
    const [positions, pnl, lots] = await Promise.all([
      get<{ positions: Position[] }>("/portfolio/positions", asked, context.signal),
      get<Pnl>("/portfolio/pnl", asked, context.signal),
      loadLots(asked, context.signal),
    ]);
    fill(
      holdings,
      section("P&L", null, totals(pnl)),
      section("Positions", null, positionTable(positions.positions, pnl, instruments)),
      section("Open lots", "the oldest is closed first", lotTable(lots, asked, instruments, context.signal)),
    );
  };
  const loadOrders = async () => {
    const first = await ordersOf(asked, context.signal);
    fill(
      orders,
      first.rows.length === 0
        ? empty("No order of this client.")
        : pages(orderColumns(instruments), first.rows, first.next, (cursor) => ordersOf(asked, context.signal, cursor), {
            caption: "orders",
            choose: (order) => void showExecutions(order, run),
            key: (order) => order.order_id,
          }),
    );
  };
  const [{ points }] = await Promise.all([
    get<{ points: EquityPoint[] }>("/portfolio/equity", asked, context.signal),
    loadHoldings(),
    loadOrders(),
  ]);
  fill(
    details,
    h("h1", null, client),
    holdings,
    section("P&L over time", "at the end of each interval, after fees", equity),
    section("Orders", "newest first; choose one to see its executions", orders),
  );
  place.addEventListener("shown", () => showEquity(equity, points, context), { once: true });
  if (context.run.takes_orders) {
    const again = calmly(ASK_MILLIS, () => void Promise.all([loadHoldings(), loadOrders()]).catch(() => undefined));
    context.onLeave(
      follow(
        ["pnl", "orders"],
        "",
        (frame) => {
          if ("client_id" in frame.data && frame.data.client_id === client) {
            again();
          }
        },
        again,
      ),
    );
  }
}

async function loadLots(asked: { run: string; client_id: string }, signal: AbortSignal, cursor?: string) {
  const page = await get<Listed<"lots", Lot>>("/portfolio/lots", { ...asked, cursor, limit: 50 }, signal);
  return { rows: page.lots, next: page.next_cursor };
}

async function ordersOf(asked: { run: string; client_id: string }, signal: AbortSignal, cursor?: string) {
  const page = await get<Listed<"orders", Order>>("/orders", { ...asked, cursor, limit: 50 }, signal);
  return { rows: page.orders, next: page.next_cursor };
}

function totals(pnl: Pnl): HTMLElement {
  if (pnl.totals.length === 0) {
    return empty("Nothing traded, nothing earned.");
  }
  return table(
    [
      { name: "Currency", cell: (total) => total.currency },
      { name: "Realized", number: true, cell: (total) => money(total.total_realized_pnl), tone: (total) => signOf(total.total_realized_pnl) },
      { name: "Unrealized", number: true, cell: (total) => money(total.total_unrealized_pnl), tone: (total) => signOf(total.total_unrealized_pnl) },
      { name: "Fees", number: true, cell: (total) => money(total.total_fees) },
      { name: "Net", number: true, cell: (total) => money(total.net_pnl), tone: (total) => signOf(total.net_pnl) },
    ],
    pnl.totals,
    { caption: "totals", key: (total) => total.currency },
  );
}

function positionTable(positions: Position[], pnl: Pnl, instruments: Instrument[]): HTMLElement {
  if (positions.length === 0) {
    return empty("No position.");
  }
  const realized = new Map(pnl.realized.map((each) => [each.instrument, each.realized_pnl]));
  const price = (row: Position) => digits(instruments, row.instrument).price;
  return table<Position>(
    [
      { name: "Instrument", cell: (row) => row.instrument },
      { name: "Quantity", number: true, cell: (row) => decimal(row.net_quantity, digits(instruments, row.instrument).quantity) },
      { name: "Average", number: true, cell: (row) => rounded(row.average_price, price(row) + 2) },
      { name: "Mark", number: true, cell: (row) => decimal(row.mark_price, price(row)) || "none" },
      { name: "Value", number: true, cell: (row) => money(row.market_value) },
      { name: "Realized", number: true, cell: (row) => money(realized.get(row.instrument)), tone: (row) => signOf(realized.get(row.instrument)) },
      { name: "Unrealized", number: true, cell: (row) => money(row.unrealized_pnl), tone: (row) => signOf(row.unrealized_pnl) },
    ],
    positions,
    { caption: "positions", key: (row) => row.instrument },
  );
}

function lotTable(
  first: { rows: Lot[]; next: string | null },
  asked: { run: string; client_id: string },
  instruments: Instrument[],
  signal: AbortSignal,
): HTMLElement {
  if (first.rows.length === 0) {
    return empty("No open lot.");
  }
  return pages<Lot>(
    [
      { name: "Instrument", cell: (lot) => lot.instrument },
      { name: "Side", cell: (lot) => (lot.side === "BUY" ? "long" : "short") },
      { name: "Quantity", number: true, cell: (lot) => decimal(lot.quantity, digits(instruments, lot.instrument).quantity) },
      { name: "Price", number: true, cell: (lot) => decimal(lot.price, digits(instruments, lot.instrument).price) },
      { name: "Opened", cell: (lot) => time(lot.opened_at) },
      { name: "Trade", cell: (lot) => lot.trade_id },
    ],
    first.rows,
    first.next,
    (cursor) => loadLots(asked, signal, cursor),
    { caption: "open lots" },
  );
}

function showEquity(place: HTMLElement, points: EquityPoint[], context: Context): void {
  const currencies = [...new Set(points.map((point) => point.currency))];
  const first = currencies[0];
  if (first === undefined) {
    fill(place, empty("No interval has ended yet, or the run keeps no snapshots of P&L."));
    return;
  }
  const net = h("figure", null);
  const drawdown = h("figure", null);
  let end = () => undefined as void;
  const draw = (currency: string) => {
    end();
    end = equityCharts(net, drawdown, points.filter((point) => point.currency === currency));
  };
  fill(place, currencies.length > 1 ? choice(currencies, first, "Currency", draw) : h("p", { class: "quiet" }, first), net, drawdown);
  draw(first);
  context.onLeave(() => end());
}

export function orderColumns(instruments: Instrument[]) {
  const of = (order: Order) => digits(instruments, order.instrument);
  return [
    { name: "Entered", cell: (order: Order) => time(order.entered_at) },
    { name: "Order", cell: (order: Order) => order.order_id },
    { name: "Instrument", cell: (order: Order) => order.instrument },
    {
      name: "State",
      cell: (order: Order) => words(order.status ?? "") + (order.reason ? `: ${words(order.reason)}` : ""),
    },
    {
      name: "Side",
      cell: (order: Order) => words(order.side ?? ""),
      tone: (order: Order) => (order.side === "BUY" ? "gain" : "loss"),
    },
    { name: "Type", cell: (order: Order) => words(`${order.type ?? ""} ${order.tif ?? ""}`) },
    { name: "Price", number: true, cell: (order: Order) => decimal(order.price, of(order).price) },
    { name: "Quantity", number: true, cell: (order: Order) => decimal(order.quantity, of(order).quantity) },
    { name: "Filled", number: true, cell: (order: Order) => decimal(order.filled_quantity, of(order).quantity) },
    { name: "Average", number: true, cell: (order: Order) => rounded(order.average_price, of(order).price + 2) },
  ];
}

/** What happened to an order, in a window of its own. */
export async function showExecutions(order: Order, run: string): Promise<void> {
  const place = h("div", null, h("p", { class: "quiet" }, "…"));
  const dialog = h(
    "dialog",
    { class: "wide", onclose: () => dialog.remove() },
    h("h2", null, `Order ${order.order_id}`),
    place,
    h("form", { method: "dialog" }, h("button", null, "Close")),
  );
  document.body.append(dialog);
  dialog.showModal();
  try {
    const { executions } = await get<{ executions: Execution[] }>(`/orders/${encodeURIComponent(order.order_id)}/executions`, {
      run,
      instrument: order.instrument,
      limit: 1000,
    });
    fill(
      place,
      executions.length === 0
        ? empty("This run keeps no executions; backtest with --executions keeps them.")
        : table<Execution>(
            [
              { name: "Time", cell: (each) => timeOfDay(each.timestamp) },
              { name: "Sequence", number: true, cell: (each) => count(each.sequence) },
              { name: "What", cell: (each) => words(each.exec_type) },
              { name: "State", cell: (each) => words(each.ord_status ?? "") + (each.reason ? `: ${words(each.reason)}` : "") },
              { name: "Price", number: true, cell: (each) => decimal(each.last_price) },
              { name: "Quantity", number: true, cell: (each) => decimal(each.last_quantity) },
              { name: "Leaves", number: true, cell: (each) => decimal(each.leaves_quantity) },
            ],
            executions,
            { caption: "executions" },
          ),
    );
  } catch (failed) {
    fill(place, h("p", { class: "problem" }, failed instanceof Error ? failed.message : String(failed)));
  }
}
