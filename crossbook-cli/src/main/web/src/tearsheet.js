import { element } from "./dom.js";
import { count, money, percent } from "./format.js";

const FEWEST_DAYS = 20;

/**
 * One client in one currency: what it earned, how, and at what risk.
 *
 * @param at place of the client in the list
 * @param choose is told the place of another
 * @param draw (line, place) draws the curve of a client
 */
export function tearSheet(figures, currency, at, choose, draw) {
  const clients = figures.clients[currency].list;
  const lines = figures.equity.currencies[currency] ?? [];
  const picker = element("select", { "aria-label": "Client" }, ...clients.map((each) => element("option", {}, each.client)));
  const facts = element("dl", { class: "facts" });
  const curve = element("div", { class: "curves" });
  const show = () => {
    const client = clients[picker.selectedIndex];
    facts.replaceChildren(...factsOf(client, currency));
    curve.replaceChildren();
    draw(lines.find((line) => line.client === client.client), curve);
  };
  picker.selectedIndex = at;
  picker.addEventListener("change", () => {
    choose(picker.selectedIndex);
    show();
  });
  return { node: element("div", { class: "sheet" }, element("h3", {}, "Tear sheet of ", picker), facts, curve), show };
}

function factsOf(client, currency) {
  const fact = (name, value, title) => element("div", { class: "fact", title }, element("dt", {}, name), element("dd", {}, value));
  const amount = (name, value, remark) => fact(name, money(value), `${value} ${currency}${remark ? `, ${remark}` : ""}`);
  const share = (value) => (value === undefined ? "" : `, ${percent(Number(value)).replace("-", "−")}`);
  return [
    fact("Net", money(client.net) + share(client.return), `${client.net} ${currency}, after fees`),
    amount("Realized", client.realized),
    amount("Unrealized", client.unrealized),
    amount("Fees", client.fees),
    amount("Turnover", client.turnover, "Σ price × quantity × multiplier of its trades"),
    fact("Largest drawdown", money(client.drawdown) + share(client.drawdown_share), `${client.drawdown} ${currency} below the highest so far, at the ends of intervals`),
    fact("Closed at a profit", client.closed ? `${count(client.won)} of ${count(client.closed)}` : "–", "pieces of lots that were closed"),
    amount("Won by them", client.won_amount),
    amount("Lost by the others", client.lost_amount),
    client.sharpe === null
      ? fact("Sharpe", "–", client.days < FEWEST_DAYS ? `${client.days} days: of fewer than ${FEWEST_DAYS} it says nothing` : "each day earned the same")
      : fact("Sharpe", client.sharpe.toFixed(2).replace("-", "−"), `mean ÷ standard deviation of daily net P&L × √252, of ${client.days} days`),
  ];
}
