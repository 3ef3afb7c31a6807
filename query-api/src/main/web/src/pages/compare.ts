import { get } from "../api.js";
import { signOf } from "../decimal.js";
import { empty, fill, h, section } from "../dom.js";
import { count, money, time, words } from "../format.js";
import { go, to } from "../page.js";
import type { Page } from "../page.js";
import { table } from "../table.js";
import type { Comparison, Run } from "../types.js";

/** Two runs side by side: whether they are the same, where they part, what clients earned. */
export const compare: Page = {
  name: "Compare",
  show: async (place, { run, runs, argument, signal }) => {
    const others = runs.filter((each) => each.run_id !== run.run_id);
    const picker = h(
      "select",
      { "aria-label": "The other run", onchange: () => go(to(run.run_id, "compare", picker.value)) },
      h("option", { value: "", disabled: true, selected: argument === null }, "choose a run"),
      others.map((each) => h("option", { value: each.run_id, selected: each.run_id === argument }, each.run_id)),
    );
    const head = h("div", { class: "bar-line" }, h("b", null, run.run_id), " against ", picker);
    if (others.length === 0) {
      fill(place, head, empty("There is no other run to compare with."));
      return;
    }
    if (argument === null) {
      fill(place, head, empty("Choose a run to compare with."));
      return;
    }
    const compared = await get<Comparison>(
      `/runs/${encodeURIComponent(run.run_id)}/compare/${encodeURIComponent(argument)}`,
      { limit: 200 },
      signal,
    );
    const other = runs.find((each) => each.run_id === compared.right) ?? null;
    fill(place, head, verdict(compared), figures(run, other), pnl(compared));
  },
};

function verdict({ difference, left, right }: Comparison): HTMLElement {
  if (difference === null) {
    return section("First difference", null, h("p", { class: "gain", "data-figure": "verdict" }, "None: trades, orders, realized P&L, lots and positions are the same."));
  }
  const names = [...new Set([...Object.keys(difference.left ?? {}), ...Object.keys(difference.right ?? {})])];
  const of = (row: Record<string, unknown> | null, name: string) => (row === null ? "no such row" : text(name, row[name]));
  return section(
    "First difference",
    `${words(difference.table)}, ${difference.instrument}, sequence ${count(difference.sequence)}`,
    table<string>(
      [
        { name: "Column", cell: (name) => words(name) },
        { name: left, cell: (name) => of(difference.left, name) },
        { name: right, cell: (name) => of(difference.right, name) },
      ],
      names,
      { caption: "first difference", chosen: (name) => of(difference.left, name) !== of(difference.right, name), key: (name) => name },
    ),
  );
}

function text(name: string, value: unknown): string {
  if (value === null || value === undefined) {
    return "";
  }
  return name === "timestamp" || name.endsWith("_at") ? time(String(value)) : String(value);
}

function figures(left: Run, right: Run | null): HTMLElement {
  const rows: [string, (run: Run) => string][] = [
    ["Hash", (run) => run.hash?.slice(0, 16) ?? words(run.state)],
    ["Input rows", (run) => count(run.input_rows)],
    ["Accepted", (run) => count(run.accepted)],
    ["Rejected", (run) => count(run.rejected)],
    ["Repeated", (run) => count(run.duplicate)],
    ["Trades", (run) => count(run.trades)],
  ];
  return section(
    "Figures",
    null,
    table(
      [
        { name: "", cell: ([name]) => name },
        { name: left.run_id, number: true, cell: ([, of]) => of(left) },
        { name: right?.run_id ?? "", number: true, cell: ([, of]) => (right ? of(right) : "") },
      ],
      rows,
      { caption: "figures", chosen: ([, of]) => right !== null && of(left) !== of(right) },
    ),
  );
}

function pnl(compared: Comparison): HTMLElement {
  return section(
    "Net P&L by client",
    "those first who differ most",
    compared.pnl.length === 0
      ? empty("Nobody traded in either.")
      : table(
          [
            { name: "Client", cell: (each) => each.client_id },
            { name: compared.left, number: true, cell: (each) => (each.left === null ? "no part" : money(each.left)) },
            { name: compared.right, number: true, cell: (each) => (each.right === null ? "no part" : money(each.right)) },
            { name: "Difference", number: true, cell: (each) => money(each.difference), tone: (each) => signOf(each.difference) },
            { name: "", cell: (each) => each.currency },
          ],
          compared.pnl,
          { caption: "P&L side by side" },
        ),
  );
}
