import { Problem, get } from "../api.js";
import { choice, empty, fill, h, link, section } from "../dom.js";
import type { Child } from "../dom.js";
import { count, decimal, digitsOfStep, money, seconds, time, words } from "../format.js";
import { to } from "../page.js";
import type { Context, Page } from "../page.js";
import { pages, table } from "../table.js";
import type { Instrument, Listed, Reject, RejectReason, Report, Run } from "../types.js";

/** What a run was, whether its checks hold, and what it refused. */
export const run: Page = {
  name: "Run",
  show: async (place, context) => {
    const id = encodeURIComponent(context.run.run_id);
    const [report, instruments, { reasons }] = await Promise.all([
      reportOf(id, context.signal),
      context.instruments(),
      get<{ reasons: RejectReason[] }>(`/runs/${id}/rejects/reasons`, {}, context.signal),
    ]);
    fill(
      place,
      header(context.run, report),
      report ? checks(report) : null,
      instrumentTable(context.run, instruments, report),
      await rejects(id, reasons, context),
      report ? inputs(report) : null,
    );
  },
};

/** A run that goes on has none yet. */
async function reportOf(id: string, signal: AbortSignal): Promise<Report | null> {
  try {
    return await get<Report>(`/runs/${id}/report`, {}, signal);
  } catch (failed) {
    if (failed instanceof Problem && failed.status === 409) {
      return null;
    }
    throw failed;
  }
}

function fact(name: string, value: Child | Child[], title?: string): HTMLElement {
  return h("div", { class: "fact", title }, h("dt", null, name), h("dd", null, value));
}

function amounts(perCurrency: Record<string, string> | undefined): Child[] {
  const all = Object.entries(perCurrency ?? {});
  return all.length === 0 ? ["–"] : all.flatMap(([currency, amount], i) => [i > 0 ? ", " : "", money(amount), ` ${currency}`]);
}

function header(run: Run, report: Report | null): HTMLElement {
  const period = run.first_timestamp ? `${time(run.first_timestamp)} to ${time(run.last_timestamp)}` : "no records yet";
  return h(
    "div",
    { class: "head" },
    h("p", { class: "quiet" }, `${run.mode}, Crossbook ${run.version}, ${words(run.state)}`),
    h("h1", null, run.run_id),
    h("p", { class: "quiet" }, period),
    run.failure ? h("p", { class: "problem" }, run.failure) : null,
    h(
      "dl",
      { class: "facts" },
      fact("Input rows", count(run.input_rows)),
      fact("Accepted", count(run.accepted)),
      fact("Rejected", count(run.rejected)),
      fact("Repeated", count(run.duplicate)),
      fact("Trades", count(run.trades)),
      report ? fact("Clients", count(report.clients)) : null,
      report ? fact("Realized", amounts(report.realized_pnl)) : null,
      report ? fact("Fees", amounts(report.fees)) : null,
      report
        ? fact("Took", seconds(report.elapsed_seconds), `${count(report.commands_per_second)} rows/s, parallelism ${report.parallelism}, restarts ${report.restarts}`)
        : null,
    ),
    run.hash ? h("p", { class: "hash" }, h("span", null, "hash "), h("code", { "data-figure": "hash" }, run.hash)) : null,
  );
}

function checks(report: Report): HTMLElement {
  const all = Object.entries(report.checks ?? {});
  const failed = all.filter(([, check]) => !check.ok);
  const verdict = failed.length === 0 ? `All ${all.length} checks hold` : `${failed.length} of ${all.length} checks failed`;
  return section(
    "Checks",
    verdict,
    table(
      [
        { name: "", cell: ([, check]) => (check.ok ? "✓" : "✗"), tone: ([, check]) => (check.ok ? "gain" : "loss") },
        { name: "Check", cell: ([name]) => words(name) },
        {
          name: "Figures",
          cell: ([, check]) =>
            check.message ??
            Object.entries(check.figures ?? {})
              .map(([figure, value]) => `${words(figure)} ${typeof value === "number" ? count(value) : value}`)
              .join(", "),
        },
      ],
      all,
      { caption: "checks", key: ([name]) => name },
    ),
  );
}

function instrumentTable(run: Run, instruments: Instrument[], report: Report | null): HTMLElement {
  if (instruments.length === 0) {
    return section("Instruments", null, empty("No instrument has been traded or described yet."));
  }
  return section(
    "Instruments",
    count(instruments.length),
    table<Instrument>(
      [
        { name: "Instrument", cell: (each) => link(each.instrument, to(run.run_id, "market", each.instrument)) },
        { name: "Kind", cell: (each) => (each.described ? words(each.kind) : "not described") },
        { name: "Currency", cell: (each) => each.currency },
        { name: "Volume", number: true, cell: (each) => decimal(report?.volume?.[each.instrument], each.described ? digitsOfStep(each.lot_size) : 0) },
        { name: "Mark", number: true, cell: (each) => decimal(each.mark_price, each.described ? digitsOfStep(each.tick_size) : 0) },
        { name: "Tick", number: true, cell: (each) => (each.described ? decimal(each.tick_size) : "") },
        { name: "Lot", number: true, cell: (each) => (each.described ? decimal(each.lot_size) : "") },
        { name: "Multiplier", number: true, cell: (each) => (each.described ? decimal(each.multiplier) : "") },
      ],
      instruments,
      { caption: "instruments" },
    ),
  );
}

async function rejects(id: string, reasons: RejectReason[], { signal }: Context): Promise<HTMLElement> {
  if (reasons.length === 0) {
    return section("Rejects", null, empty("Nothing was refused."));
  }
  const place = h("div", null);
  const load = async (code: string | null, cursor?: string) => {
    const page = await get<Listed<"rejects", Reject>>(`/runs/${id}/rejects`, { code, cursor, limit: 50 }, signal);
    return { rows: page.rejects, next: page.next_cursor };
  };
  const choose = async (code: string | null) => {
    const first = await load(code);
    fill(place, pages(COLUMNS, first.rows, first.next, (cursor) => load(code, cursor), { caption: "rejects" }));
  };
  await choose(null);
  const labels = ["all", ...reasons.map((reason) => `${words(reason.code)} ${count(reason.rejects)}`)];
  const total = reasons.reduce((all, reason) => all + reason.rejects, 0);
  return section(
    "Rejects",
    count(total),
    choice(labels, "all", "Reason", (label) => void choose(reasons[labels.indexOf(label) - 1]?.code ?? null)),
    place,
  );
}

const COLUMNS = [
  { name: "Place", cell: (each: Reject) => `${each.file}:${each.line}` },
  { name: "Reason", cell: (each: Reject) => words(each.code) },
  { name: "Instrument", cell: (each: Reject) => each.instrument },
  { name: "Sequence", number: true, cell: (each: Reject) => count(each.sequence) },
  { name: "What is wrong", cell: (each: Reject) => each.message },
  { name: "Line", cell: (each: Reject) => h("code", { class: "raw" }, each.raw) },
];

function inputs(report: Report): HTMLElement | null {
  const files = report.input?.files ?? [];
  return files.length === 0
    ? null
    : section(
        "Input",
        null,
        table(
          [
            { name: "File", cell: (file) => file.name },
            { name: "Bytes", number: true, cell: (file) => count(file.bytes) },
            { name: "SHA-256", cell: (file) => h("code", null, file.sha256) },
          ],
          files,
          { caption: "input files" },
        ),
      );
}
