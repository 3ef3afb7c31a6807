import uPlot from "uplot";
import { cell, choice, element, head, longTable, number, section, token } from "./dom.js";
import { tearSheet } from "./tearsheet.js";
import { clock, count, day, money, percent, span, tone } from "./format.js";

const HUES = 8;

/** Net P&L and drawdown over time, and where every client stood at the end, one currency at a time. */
export function pnl(figures) {
  const currencies = Object.keys(figures.clients);
  if (currencies.length === 0) {
    return null;
  }
  const equity = figures.equity;
  const curves = element("div", { class: "curves" });
  const table = element("div", {});
  let currency = currencies[0];
  const sheet = element("div", {});
  let charts = [];
  let chartsOfClient = [];
  let client = 0;
  const times = Array.from({ length: equity.size }, (_, i) => equity.first + (i + 1) * equity.seconds);

  function chart(place, name, lines, values, height, legend) {
    const figure = element("figure", {}, element("figcaption", {}, name));
    place.append(figure);
    return new uPlot(options(equity, lines, figure.clientWidth, height, legend), [times, ...values], figure);
  }

  function draw() {
    charts.forEach((each) => each.destroy());
    charts = [];
    const lines = (equity.currencies[currency] ?? []).slice(0, HUES);
    if (lines.length === 0) {
      showSheet();
      curves.replaceChildren(element("p", { class: "quiet" }, "No interval snapshots were kept for this run, so there is no curve."));
      return;
    }
    curves.replaceChildren();
    charts = [
      chart(curves, `Net P&L, ${currency}`, lines, lines.map((line) => line.net), 300, true),
      chart(curves, `Drawdown from the highest so far, ${currency}`, lines, lines.map((line) => line.drawdown), 150, false),
    ];
    showSheet();
  }

  function drawClient(line, place) {
    chartsOfClient.forEach((each) => each.destroy());
    chartsOfClient = line
      ? [
          chart(place, `Net P&L, ${currency}`, [line], [line.net], 200, false),
          chart(place, `Drawdown, ${currency}`, [line], [line.drawdown], 120, false),
        ]
      : [];
  }

  function showSheet() {
    const made = tearSheet(figures, currency, client, (at) => (client = at), drawClient);
    sheet.replaceChildren(made.node);
    made.show();
  }

  function choose(chosen) {
    currency = chosen;
    client = 0;
    table.replaceChildren(clientTable(figures.clients[currency], currency));
    draw();
  }

  table.replaceChildren(clientTable(figures.clients[currency], currency));
  // P&L is known where a snapshot was taken, however fine the axis.
  const snapshots = (figures.run.settings.snapshot_interval_nanos ?? 0) / 1e9;
  const remark = `the ${HUES} clients who won or lost most, after fees, every ${span(Math.max(equity.seconds, snapshots))}`;
  const node = section("Profit and loss", remark, currencies.length > 1 ? choice(currencies, currency, choose) : null, curves, table, sheet);
  return { node, draw };
}

function options(equity, lines, width, height, legend) {
  const quiet = token("quiet");
  const grid = { stroke: token("line"), width: 1 };
  const axis = { stroke: quiet, font: "11px system-ui, sans-serif", grid, ticks: { show: false } };
  return {
    width,
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { sync: { key: "pnl" }, points: { size: 6 }, drag: { x: true, y: false } },
    legend: { show: legend },
    axes: [
      {
        ...axis,
        size: 30,
        values: (_, splits, __, ___, step) => splits.map((at) => (step >= 86400 || at % 86400 === 0 ? day(at) : clock(at, step < 60))),
      },
      { ...axis, size: 76, values: (_, splits) => splits.map((value) => count(value).replace("-", "−")) },
    ],
    series: [
      { label: "UTC", value: (_, at) => (at === null ? "" : `${day(at)} ${clock(at, equity.seconds < 60)}`) },
      ...lines.map((line, i) => ({
        label: line.client,
        stroke: token(`hue-${(i % HUES) + 1}`),
        width: 1.5,
        points: { show: false },
        value: (_, value) => (value === null ? "" : money(value)),
      })),
    ],
  };
}

function clientTable(clients, currency) {
  const largest = Math.max(...clients.list.map((client) => Math.abs(Number(client.net))), 0);
  const rows = clients.list.map((client) =>
    element(
      "tr",
      {},
      cell(client.client),
      element("td", { class: "bar" }, balance(Number(client.net), largest)),
      number(money(client.net), client.unmarked ? `${client.net}, without ${client.unmarked} positions that have no mark` : client.net, tone(client.net)),
      number(money(client.realized), client.realized),
      number(money(client.unrealized), client.unrealized),
      number(money(client.fees), client.fees),
      number(client.closed ? percent(client.won / client.closed) : "", `${count(client.won)} of ${count(client.closed)} closed pieces of lots made money`),
    ),
  );
  const columns = head("Client", "", `>Net, ${currency}`, ">Realized", ">Unrealized", ">Fees", ">Closed at a profit");
  return longTable(columns, rows, 12, clients.number);
}

/** A bar left or right of the middle. */
function balance(value, largest) {
  const share = largest === 0 ? 0 : (Math.abs(value) / largest) * 50;
  const bar = element("i", { class: value < 0 ? "loss" : "gain" });
  bar.style.width = `${share}%`;
  bar.style.left = value < 0 ? `${50 - share}%` : "50%";
  return element("span", { class: "balance" }, bar);
}
