// Draws the report from the figures embedded in the page. Ids come from input files and may be hostile: everything is
// set as text, nothing is ever parsed as markup.
import { pnl } from "./pnl.js";
import { instruments } from "./instruments.js";
import { orders, rejects } from "./orders.js";
import { element, head, longTable, number, section } from "./dom.js";
import { count, exactTitle, money, moment } from "./format.js";

const figures = JSON.parse(document.getElementById("figures").textContent);
const run = figures.run;

function fact(name, value, title) {
  return element("div", { class: "fact", title }, element("dt", {}, name), element("dd", {}, value));
}

function perCurrency(amounts) {
  const entries = Object.entries(amounts ?? {});
  return entries.length === 0 ? "–" : entries.map(([currency, amount]) => `${money(amount)} ${currency}`).join(", ");
}

function header() {
  const input = run.input ?? {};
  const period = run.first_timestamp ? `${moment(run.first_timestamp)} to ${moment(run.last_timestamp)} UTC` : "no records";
  const refused = (input.rejected ?? 0) + (input.duplicate ?? 0);
  return element(
    "header",
    {},
    element("p", { class: "kind" }, `Crossbook ${run.version ?? ""} · ${run.mode ?? "run"}`),
    element("h1", {}, run.run_id ?? "run"),
    element("p", { class: "period" }, period),
    element(
      "dl",
      { class: "facts" },
      fact("Input rows", count(input.rows ?? 0), refused ? `${count(input.rejected)} rejected, ${count(input.duplicate)} repeated` : "all accepted"),
      fact("Accepted", count(input.accepted ?? 0)),
      fact("Rejected", count(input.rejected ?? 0)),
      fact("Repeated", count(input.duplicate ?? 0)),
      fact("Trades", count(run.trades ?? 0)),
      fact("Clients", count(run.clients ?? 0)),
      fact("Fees", perCurrency(run.fees), exactTitle(run.fees)),
      fact("Took", `${(run.elapsed_seconds ?? 0).toFixed(1)} s`, `${count(run.commands_per_second ?? 0)} rows/s, parallelism ${run.parallelism}, restarts ${run.restarts}`),
    ),
    element("p", { class: "hash" }, element("span", {}, "hash"), element("code", {}, run.hash ?? "")),
  );
}

function checks() {
  const all = Object.entries(run.checks ?? {});
  const failed = all.filter(([, check]) => !check.ok);
  const verdict = failed.length === 0 ? `All ${all.length} checks hold` : `${failed.length} of ${all.length} checks failed`;
  return element(
    "div",
    { class: failed.length === 0 ? "checks" : "checks bad" },
    element("strong", {}, verdict),
    element(
      "ul",
      {},
      ...all.map(([name, check]) =>
        element(
          "li",
          {
            class: check.ok ? "ok" : "bad",
            title: Object.entries(check.figures ?? {}).map(([figure, value]) => `${figure.replaceAll("_", " ")}: ${value}`).join("\n"),
          },
          name.replaceAll("_", " ") + (check.ok || !check.message ? "" : `: ${check.message}`),
        ),
      ),
    ),
  );
}

function inputFiles() {
  const files = run.input?.files ?? [];
  if (files.length === 0) {
    return null;
  }
  const rows = files.map((file) =>
    element("tr", {}, element("td", { class: "wrap" }, file.name), number(count(file.bytes ?? 0)), element("td", { class: "mono" }, file.sha256)),
  );
  return section("Input", null, longTable(head("File", ">Bytes", "SHA-256"), rows, rows.length, rows.length));
}

const page = document.getElementById("report");
const parts = [
  header(),
  checks(),
  pnl(figures),
  instruments(figures.instruments),
  orders(figures.orders),
  rejects(figures.rejects),
  inputFiles(),
];
page.replaceChildren(...parts.filter(Boolean).map((part) => part.node ?? part));

const drawn = parts.filter((part) => part?.draw);
const draw = () => drawn.forEach((part) => part.draw());
draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
let resized;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(draw, 120);
});

document.getElementById("recompute").textContent =
  "The hash is what this prints in the run’s folder: cat trades.csv orders.csv realized.csv lots.csv positions.csv | sha256sum";
