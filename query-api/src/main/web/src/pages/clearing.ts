import { address, get } from "../api.js";
import { signOf } from "../decimal.js";
import { choice, empty, fill, h, link, section } from "../dom.js";
import { count, decimal, money, seconds, time, words } from "../format.js";
import { digits } from "../instruments.js";
import { to } from "../page.js";
import type { Context, Page } from "../page.js";
import { pages, table } from "../table.js";
import type { Column } from "../table.js";
import type { ClearingDetails, ClearingRun, Instrument, Listed } from "../types.js";

type Line = Record<string, string | null>;

/** The days of a run that were cleared, and how. */
export const clearing: Page = {
  name: "Clearing",
  show: async (place, context) => {
    const run = context.run.run_id;
    const { runs } = await get<Listed<"runs", ClearingRun>>("/clearing/runs", { run, limit: 1000 }, context.signal);
    if (runs.length === 0) {
      fill(place, empty("No date of this run is cleared. ", h("code", null, `./crossbook clear --date ${day(context)} --run ${run}`), " clears one."));
      return;
    }
    const chosen = chosenOf(runs, context);
    const instruments = await context.instruments();
    fill(
      place,
      section("Dates", "of this run, by state", calendar(runs, chosen, run)),
      h("h1", null, chosen.business_date),
      numbers(runs, chosen, run),
      ...(await details(chosen, instruments, context)),
    );
  },
};

function day(context: Context): string {
  return (context.run.first_timestamp ?? "DATE").slice(0, 10);
}

/** That which the address names, else the newest date's official one, else its newest. */
function chosenOf(runs: ClearingRun[], { argument, query }: Context): ClearingRun {
  const date = argument ?? runs.map((run) => run.business_date).sort().at(-1);
  const ofDate = runs.filter((run) => run.business_date === date);
  const number = query.get("number");
  const whatIf = query.get("what_if") === "true";
  return (
    ofDate.find((run) => String(run.run_no) === number && run.what_if === whatIf) ??
    ofDate.find((run) => run.official) ??
    ofDate[0] ??
    (runs[0] as ClearingRun)
  );
}

function stateOf(run: ClearingRun): string {
  if (run.state === "RUNNING") {
    return "running";
  }
  if (run.state === "FAILED") {
    return "failed";
  }
  if (run.what_if) {
    return "what-if";
  }
  return run.stale ? "stale" : run.official ? "official" : "superseded";
}

const RANK = ["running", "stale", "official", "failed", "superseded", "what-if"];

/** One table for each month; a date bears the state that matters most. */
function calendar(runs: ClearingRun[], chosen: ClearingRun, run: string): HTMLElement {
  const states = new Map<string, string>();
  for (const each of runs) {
    const known = states.get(each.business_date);
    const state = stateOf(each);
    if (known === undefined || RANK.indexOf(state) < RANK.indexOf(known)) {
      states.set(each.business_date, state);
    }
  }
  const months = [...new Set([...states.keys()].map((date) => date.slice(0, 7)))].sort();
  return h("div", { class: "months" }, months.map((month) => monthTable(month, states, chosen, run)));
}

function monthTable(month: string, states: Map<string, string>, chosen: ClearingRun, run: string): HTMLElement {
  const first = new Date(`${month}-01T00:00:00Z`);
  const blanks = (first.getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const cells = [
    ...Array.from({ length: blanks }, () => h("td", null)),
    ...Array.from({ length: days }, (_, i) => {
      const date = `${month}-${String(i + 1).padStart(2, "0")}`;
      const state = states.get(date);
      const content =
        state === undefined
          ? String(i + 1)
          : link(String(i + 1), to(run, "clearing", date), { class: `date ${state}`, title: `${date}: ${state}`, "aria-current": date === chosen.business_date ? "date" : null });
      return h("td", null, content);
    }),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => h("tr", null, cells.slice(7 * week, 7 * week + 7)));
  return h(
    "table",
    { class: "month" },
    h("caption", null, month),
    h("thead", null, h("tr", null, ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, weeks),
  );
}

/** All clearings of the date. */
function numbers(runs: ClearingRun[], chosen: ClearingRun, run: string): HTMLElement {
  const ofDate = runs.filter((each) => each.business_date === chosen.business_date);
  return table<ClearingRun>(
    [
      {
        name: "Number",
        cell: (each) =>
          link(`${each.what_if ? "what-if " : ""}${each.run_no}`, to(run, "clearing", each.business_date, { number: String(each.run_no), what_if: String(each.what_if) })),
      },
      { name: "State", cell: (each) => h("span", { class: `state ${stateOf(each)}` }, stateOf(each)) },
      { name: "Reason", cell: (each) => each.failure ?? each.reason },
      { name: "Began", cell: (each) => time(each.started_at) },
      { name: "Ended", cell: (each) => (each.ended_at ? time(each.ended_at) : `at the step ${each.step ?? "open"}`) },
      { name: "Hash", cell: (each) => h("code", null, (each.hash ?? "").slice(0, 12)), title: (each) => each.hash },
    ],
    ofDate,
    { caption: "clearings of the date", chosen: (each) => each === chosen },
  );
}

async function details(chosen: ClearingRun, instruments: Instrument[], { run, signal }: Context): Promise<HTMLElement[]> {
  const found = await get<ClearingDetails>(
    `/clearing/${chosen.business_date}/runs/${chosen.run_no}`,
    { run: run.run_id, what_if: chosen.what_if },
    signal,
  );
  const parts = [steps(found), checks(found), restated(found)];
  if (chosen.official) {
    parts.push(await reports(chosen, instruments, signal));
  } else {
    parts.push(section("Reports", null, empty("Only the official clearing of a date is published; the files of others are below out/clearing.")));
  }
  return parts.filter((part): part is HTMLElement => part !== null);
}

function steps(found: ClearingDetails): HTMLElement {
  return section(
    "Steps",
    null,
    found.steps.length === 0
      ? empty("No step was begun.")
      : h(
          "ol",
          { class: "steps" },
          found.steps.map((step) =>
            h(
              "li",
              { class: step.state.toLowerCase() },
              h("b", null, step.step),
              ` ${words(step.state)}, ${seconds(step.elapsed_seconds) || "cut off"}`,
              step.attempts > 1 ? `, begun ${step.attempts} times` : null,
            ),
          ),
        ),
  );
}

function checks(found: ClearingDetails): HTMLElement {
  const broken = found.checks.filter((check) => check.breaks > 0);
  const verdict = broken.length === 0 ? `all ${found.checks.length} hold` : `${broken.length} of ${found.checks.length} failed`;
  return section(
    "Checks",
    verdict,
    h(
      "ul",
      { class: "checks" },
      found.checks.map((check) => h("li", { class: check.breaks === 0 ? "ok" : "bad" }, words(check.name) + (check.breaks ? `: ${count(check.breaks)} breaks` : ""))),
    ),
    found.breaks.length === 0
      ? null
      : table(
          [
            { name: "Check", cell: (each) => words(each.name) },
            { name: "Subject", cell: (each) => each.subject },
            { name: "Expected", number: true, cell: (each) => each.expected },
            { name: "Found", number: true, cell: (each) => each.found },
          ],
          found.breaks,
          { caption: "breaks" },
        ),
  );
}

function restated(found: ClearingDetails): HTMLElement | null {
  if (found.restated.length === 0) {
    return null;
  }
  return section(
    "What it changed",
    "variation margin against the clearing that it replaces",
    table(
      [
        { name: "Member", cell: (each) => each.member },
        { name: "Instrument", cell: (each) => each.instrument },
        { name: "Old", number: true, cell: (each) => money(each.old_amount) },
        { name: "New", number: true, cell: (each) => money(each.new_amount) },
        { name: "Difference", number: true, cell: (each) => money(each.difference), tone: (each) => signOf(each.difference) },
        { name: "", cell: (each) => each.currency },
      ],
      found.restated,
      { caption: "restatement" },
    ),
  );
}

/** A report of the official clearing, in the words of its file. */
interface Report {
  name: string;
  path: string;
  columns: (instruments: Instrument[]) => Column<Line>[];
}

const price = (instruments: Instrument[], line: Line) => digits(instruments, line["instrument"] ?? "").price;
const quantity = (instruments: Instrument[], line: Line) => digits(instruments, line["instrument"] ?? "").quantity;
const plain = (name: string, column: string): Column<Line> => ({ name, cell: (line) => line[column] ?? "" });
const amount = (name: string, column: string): Column<Line> => ({
  name,
  number: true,
  cell: (line) => money(line[column]),
  tone: (line) => signOf(line[column]),
});

const REPORTS: Report[] = [
  {
    name: "prices",
    path: "prices",
    columns: (instruments) => [
      plain("Instrument", "instrument"),
      { name: "Price", number: true, cell: (line) => decimal(line["price"], price(instruments, line)) },
      { name: "Previous", number: true, cell: (line) => decimal(line["previous_price"], price(instruments, line)) },
      { name: "Method", cell: (line) => words(line["method"] ?? "") },
      { name: "Volume", number: true, cell: (line) => decimal(line["volume"], quantity(instruments, line)) },
    ],
  },
  {
    name: "positions",
    path: "positions",
    columns: (instruments) => [
      plain("Member", "member"),
      plain("Instrument", "instrument"),
      { name: "Opening", number: true, cell: (line) => decimal(line["open_quantity"], quantity(instruments, line)) },
      { name: "Closing", number: true, cell: (line) => decimal(line["close_quantity"], quantity(instruments, line)) },
      { name: "Settlement", number: true, cell: (line) => decimal(line["settlement_price"], price(instruments, line)) },
    ],
  },
  {
    name: "variation",
    path: "variation",
    columns: () => [plain("Member", "member"), plain("Instrument", "instrument"), amount("Amount", "amount"), plain("", "currency")],
  },
  {
    name: "obligations",
    path: "obligations",
    columns: (instruments) => [
      plain("Member", "member"),
      plain("Instrument", "instrument"),
      plain("Settles", "settlement_date"),
      { name: "Quantity", number: true, cell: (line) => decimal(line["quantity"], quantity(instruments, line)) },
      amount("Cash", "cash"),
      plain("", "currency"),
    ],
  },
  {
    name: "margin",
    path: "margin",
    columns: () => [
      plain("Member", "member"),
      plain("Model", "model"),
      { name: "Requirement", number: true, cell: (line) => money(line["requirement"]) },
      { name: "Collateral", number: true, cell: (line) => money(line["collateral"]) },
      { name: "Call", number: true, cell: (line) => money(line["call"]) },
      plain("", "currency"),
      { name: "Statement", cell: (line) => line["statement"] ?? "" },
    ],
  },
];

async function reports(chosen: ClearingRun, instruments: Instrument[], signal: AbortSignal): Promise<HTMLElement> {
  const place = h("div", null);
  const load = async (report: Report, cursor?: string) => {
    const page = await get<Record<string, unknown>>(
      `/clearing/${chosen.business_date}/${report.path}`,
      { run: chosen.run_id, cursor, limit: 100 },
      signal,
    );
    return { rows: (page[report.path] ?? []) as Line[], next: (page["next_cursor"] ?? null) as string | null };
  };
  const statement = (member: string) =>
    h(
      "a",
      { href: address(`/clearing/${chosen.business_date}/statements/${encodeURIComponent(member)}`, { run: chosen.run_id }), download: `${member}-${chosen.business_date}.json` },
      "download",
    );
  const choose = async (name: string) => {
    const report = REPORTS.find((each) => each.name === name) ?? (REPORTS[0] as Report);
    const first = await load(report);
    const columns = report
      .columns(instruments)
      .map((column): Column<Line> => (column.name === "Statement" ? { ...column, cell: (line) => statement(line["member"] ?? "") } : column));
    fill(
      place,
      first.rows.length === 0
        ? empty(`No ${name} on this date.`)
        : pages(columns, first.rows, first.next, (cursor) => load(report, cursor), { caption: name }),
    );
  };
  await choose("prices");
  return section("Reports", "of the official clearing", choice(REPORTS.map((each) => each.name), "prices", "Report", (name) => void choose(name)), place);
}
