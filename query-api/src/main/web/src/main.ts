import { Problem, get } from "./api.js";
import { choice, empty, fill, h, link } from "./dom.js";
import { count } from "./format.js";
import { go, to } from "./page.js";
import type { Page } from "./page.js";
import { clearing } from "./pages/clearing.js";
import { clients } from "./pages/clients.js";
import { compare } from "./pages/compare.js";
import { market } from "./pages/market.js";
import { replay } from "./pages/replay.js";
import { run as runPage } from "./pages/run.js";
import { ticket } from "./pages/ticket.js";
import { applyTheme, change, settings } from "./settings.js";
import { watch } from "./stream.js";
import type { State } from "./stream.js";
import type { Instrument, Listed, Run } from "./types.js";

const PAGES: Record<string, Page> = { run: runPage, market, clients, clearing, compare, replay, ticket };
const STATES: Record<State, string> = {
  off: "",
  connecting: "connecting",
  connected: "live",
  lost: "connection lost, trying again",
};

const place = h("main", { id: "page", tabindex: -1 });
const navigation = h("nav", { "aria-label": "Pages" });
const picker = h("select", { "aria-label": "Run", onchange: () => go(to(picker.value, current().page)) });
const connection = h("span", { class: "connection", role: "status" });
let leave: (() => void)[] = [];
let aborted = new AbortController();

function current(): { run: string | null; page: string; argument: string | null; query: URLSearchParams } {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [run, page, argument] = path.split("/").map(decoded);
  return {
    run: run || null,
    page: page && page in PAGES ? page : "run",
    argument: argument || null,
    query: new URLSearchParams(query),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function show(): Promise<void> {
  aborted.abort();
  aborted = new AbortController();
  leave.forEach((each) => each());
  leave = [];
  const mine = aborted;
  place.setAttribute("aria-busy", "true");
  try {
    const { runs } = await get<Listed<"runs", Run>>("/runs", { limit: 1000 }, mine.signal);
    const wanted = current();
    const run = wanted.run === null ? runs.find((each) => each.takes_orders) ?? runs[0] : await named(wanted.run, runs);
    showPicker(runs, run);
    if (run === undefined) {
      fill(place, empty("Nothing has been run here yet. ", h("code", null, "./crossbook demo"), " makes a first run."));
      return;
    }
    showNavigation(run, wanted.page);
    const page = PAGES[wanted.page] ?? runPage;
    document.title = `${page.name} · ${run.run_id} · Crossbook`;
    const shown = h("div", { class: `page ${wanted.page}` });
    let instruments: Promise<Instrument[]> | null = null;
    await page.show(shown, {
      run,
      runs,
      argument: wanted.argument,
      query: wanted.query,
      instruments: () =>
        (instruments ??= get<{ instruments: Instrument[] }>("/instruments", { run: run.run_id }, mine.signal).then(
          (answer) => answer.instruments,
        )),
      onLeave: (each) => leave.push(each),
      signal: mine.signal,
    });
    if (!mine.signal.aborted) {
      fill(place, shown);
      shown.dispatchEvent(new Event("shown"));
    }
  } catch (failed) {
    if (!mine.signal.aborted) {
      fill(place, wrong(failed));
    }
  } finally {
    if (!mine.signal.aborted) {
      place.removeAttribute("aria-busy");
    }
  }
}

/** A run that is named but not among the newest thousand is asked for by itself. */
async function named(id: string, runs: Run[]): Promise<Run> {
  return runs.find((run) => run.run_id === id) ?? get<Run>(`/runs/${encodeURIComponent(id)}`);
}

function wrong(failed: unknown): HTMLElement {
  const sentence = failed instanceof Problem ? failed.message : `Something went wrong in this page: ${String(failed)}`;
  return h(
    "div",
    { class: "problem", role: "alert" },
    h("p", null, sentence),
    h("button", { type: "button", onclick: () => void show() }, "Try again"),
    " ",
    link("All runs", "#/"),
  );
}

function showPicker(runs: Run[], run: Run | undefined): void {
  const all = run === undefined || runs.includes(run) ? runs : [run, ...runs];
  fill(
    picker,
    all.map((each) =>
      h(
        "option",
        { value: each.run_id, selected: each === run },
        each.takes_orders ? `${each.run_id} (live)` : each.trades === null ? `${each.run_id} (${each.state.toLowerCase()})` : `${each.run_id}, ${count(each.trades)} trades`,
      ),
    ),
  );
}

function showNavigation(run: Run, page: string): void {
  fill(
    navigation,
    Object.entries(PAGES)
      .filter(([name]) => name !== "ticket" || run.takes_orders)
      .map(([name, each]) => link(each.name, to(run.run_id, name), { "aria-current": name === page ? "page" : null })),
  );
}

function help(): void {
  const keys: [string, string][] = [
    ["1 to 7", "pages, from left to right"],
    ["/", "search"],
    ["u", "times in UTC or local"],
    ["Space", "play or pause a replay"],
    ["← →", "a change back or on in a replay"],
    ["Esc", "close this"],
  ];
  const dialog = h(
    "dialog",
    { onclose: () => dialog.remove() },
    h("h2", null, "Keys"),
    h("dl", null, keys.flatMap(([key, does]) => [h("dt", null, h("kbd", null, key)), h("dd", null, does)])),
    h("form", { method: "dialog" }, h("button", null, "Close")),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function pressed(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) {
    return;
  }
  const links = navigation.querySelectorAll("a");
  if (/^[1-9]$/.test(event.key)) {
    links[Number(event.key) - 1]?.click();
  } else if (event.key === "/") {
    const search = document.querySelector<HTMLElement>("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === "u") {
    toggleZone();
  } else if (event.key === "?") {
    help();
  }
}

const zone = h("button", { type: "button", title: "Times in UTC or as on your clock", onclick: toggleZone }, settings.zone);

function toggleZone(): void {
  change({ zone: settings.zone === "UTC" ? "local" : "UTC" });
  zone.textContent = settings.zone;
  void show();
}

const THEMES = ["auto", "light", "dark"] as const;

applyTheme();
document.body.append(
  h("a", { class: "skip", href: "#page", onclick: (event: Event) => (event.preventDefault(), place.focus()) }, "To the page"),
  h(
    "header",
    null,
    link("Crossbook", "#/", { class: "brand" }),
    picker,
    navigation,
    h(
      "div",
      { class: "settings" },
      connection,
      zone,
      choice(THEMES, settings.theme, "Colours", (theme) => {
        change({ theme });
        void show();
      }),
      h("button", { type: "button", title: "Keys", "aria-label": "Keys", onclick: help }, "?"),
    ),
  ),
  place,
  h(
    "footer",
    null,
    "Figures are the API's: ",
    link("try it", "/api/v1/docs"),
    ". Charts by ",
    link("TradingView Lightweight Charts™", "https://www.tradingview.com/"),
    " and uPlot. ",
    link("Licences", "licences.txt"),
  ),
);
watch((state) => {
  connection.textContent = STATES[state];
  connection.className = `connection ${state}`;
});
addEventListener("hashchange", () => void show());
addEventListener("keydown", pressed);
void show();
