import { h } from "./dom.js";
import { digitsOfStep } from "./format.js";
import type { Instrument } from "./types.js";

/** A field to choose an instrument by its name, or a part of it. */
export function instrumentPicker(instruments: Instrument[], chosen: string | null, choose: (instrument: string) => void): HTMLElement {
  const input = h("input", {
    list: "instruments",
    value: chosen ?? "",
    placeholder: "Instrument",
    "aria-label": "Instrument",
    "data-search": true,
    onfocus: () => input.select(),
    onchange: () => {
      const typed = input.value.trim().toLowerCase();
      const found =
        instruments.find((each) => each.instrument.toLowerCase() === typed) ??
        instruments.find((each) => each.instrument.toLowerCase().includes(typed));
      if (found) {
        choose(found.instrument);
      } else {
        input.setCustomValidity(`No instrument is called ${input.value}`);
        input.reportValidity();
        input.setCustomValidity("");
      }
    },
  });
  return h(
    "span",
    { class: "picker" },
    input,
    h("datalist", { id: "instruments" }, instruments.map((each) => h("option", { value: each.instrument }))),
  );
}

export interface Digits {
  price: number;
  quantity: number;
}

/** What columns of prices and quantities are padded to; a permissive instrument says nothing about it. */
export function digits(instruments: Instrument[], name: string): Digits {
  const found = instruments.find((each) => each.instrument === name);
  return found?.described ? { price: digitsOfStep(found.tick_size), quantity: digitsOfStep(found.lot_size) } : { price: 0, quantity: 0 };
}
