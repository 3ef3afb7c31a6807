import type { Instrument, Run } from "./types.js";

/** What a page is shown with. */
export interface Context {
  run: Run;
  runs: Run[];
  /** What follows the page's name in the address. */
  argument: string | null;
  /** What follows the question mark there. */
  query: URLSearchParams;
  instruments: () => Promise<Instrument[]>;
  /** Is called when the reader goes elsewhere. */
  onLeave: (leave: () => void) => void;
  /** Ends with the page. */
  signal: AbortSignal;
}

export interface Page {
  name: string;
  /** Puts the page into its place; what is thrown is shown there. */
  show: (place: HTMLElement, context: Context) => Promise<void>;
}

/** The address of a page. */
export function to(run: string, page: string, argument?: string | null, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${encodeURIComponent(run)}/${page}${argument ? `/${encodeURIComponent(argument)}` : ""}${text ? `?${text}` : ""}`;
}

/** Goes there; a place that only says more of the same page replaces it. */
export function go(address: string, replace = false): void {
  if (replace) {
    history.replaceState(null, "", address);
  } else {
    location.hash = address;
  }
}
