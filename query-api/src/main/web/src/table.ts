import { h } from "./dom.js";
import type { Child } from "./dom.js";
import { Problem } from "./api.js";

/** A column: its heading, and what stands in it. */
export interface Column<T> {
  name: string;
  /** Right-aligned digits. */
  number?: boolean;
  cell: (row: T) => Child;
  tone?: (row: T) => string;
  title?: (row: T) => string | null | undefined;
}

interface Options<T> {
  caption?: string;
  chosen?: (row: T) => boolean;
  choose?: (row: T) => void;
  key?: (row: T) => string;
}

export function table<T>(columns: Column<T>[], rows: readonly T[], options: Options<T> = {}): HTMLElement {
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": options.caption ?? "table" },
    h(
      "table",
      null,
      h("thead", null, h("tr", null, columns.map((column) => h("th", { class: column.number ? "n" : null, scope: "col" }, column.name)))),
      h("tbody", null, rows.map((row) => line(columns, row, options))),
    ),
  );
}

function line<T>(columns: Column<T>[], row: T, { chosen, choose, key }: Options<T>): HTMLElement {
  const attributes = {
    class: chosen?.(row) ? "chosen" : null,
    "data-key": key?.(row),
    ...(choose
      ? {
          tabindex: 0,
          onclick: () => choose(row),
          onkeydown: (event: Event) => {
            if ((event as KeyboardEvent).key === "Enter") {
              choose(row);
            }
          },
        }
      : {}),
  };
  return h(
    "tr",
    attributes,
    columns.map((column) =>
      h(
        "td",
        { class: [column.number ? "n" : "", column.tone?.(row) ?? ""].join(" ").trim() || null, title: column.title?.(row) },
        column.cell(row),
      ),
    ),
  );
}

/** A table of a list that is read page by page, with a button for the next one. */
export function pages<T>(
  columns: Column<T>[],
  first: T[],
  next: string | null,
  more: (cursor: string) => Promise<{ rows: T[]; next: string | null }>,
  options: Options<T> = {},
): HTMLElement {
  const shown = table(columns, first, options);
  const body = shown.querySelector("tbody") as HTMLElement;
  const button = h("button", { type: "button", class: "more" }, "Show more");
  const place = h("div", null, shown, next ? button : null);
  let cursor = next;
  button.addEventListener("click", () => {
    if (cursor === null) {
      return;
    }
    button.disabled = true;
    more(cursor).then(
      (page) => {
        body.append(...page.rows.map((row) => line(columns, row, options)));
        cursor = page.next;
        button.disabled = false;
        if (cursor === null) {
          button.remove();
        }
      },
      (failed: unknown) => {
        button.disabled = false;
        button.textContent = `${failed instanceof Problem ? failed.message : String(failed)} Try again`;
      },
    );
  });
  return place;
}
