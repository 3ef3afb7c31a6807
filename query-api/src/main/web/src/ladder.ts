import { fill, h } from "./dom.js";
import { decimal } from "./format.js";
import type { Level } from "./types.js";

/** Levels of a book, asks above bids, with how much there is until each price as a bar. */
export function ladder(place: HTMLElement, bids: Level[], asks: Level[], priceDigits: number, quantityDigits: number): void {
  const most = Math.max(...[...bids, ...asks].map((level) => Number(level.cumulative)), 0);
  const row = (level: Level, side: "bid" | "ask") => {
    const bar = h("i", { class: "bar", "aria-hidden": true });
    bar.style.width = most === 0 ? "0" : `${(100 * Number(level.cumulative)) / most}%`;
    return h(
      "tr",
      { class: side },
      h("td", { class: "n price" }, decimal(level.price, priceDigits)),
      h("td", { class: "n" }, decimal(level.quantity, quantityDigits)),
      h("td", { class: "n" }, bar, h("span", null, decimal(level.cumulative, quantityDigits))),
    );
  };
  const none = (side: string) => h("tr", null, h("td", { colspan: 3, class: "quiet" }, `no ${side}`));
  fill(
    place,
    h(
      "table",
      { class: "ladder" },
      h("thead", null, h("tr", null, ["Price", "Quantity", "Cumulative"].map((name) => h("th", { class: "n", scope: "col" }, name)))),
      h("tbody", null, asks.length === 0 ? none("asks") : [...asks].reverse().map((level) => row(level, "ask"))),
      h("tbody", { class: "bids" }, bids.length === 0 ? none("bids") : bids.map((level) => row(level, "bid"))),
    ),
  );
}
