import { digitsOf, isZero, round } from "./decimal.js";
import { h } from "./dom.js";
import type { Child } from "./dom.js";
import { settings } from "./settings.js";

const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** With thousands set apart and at least so many decimals; every digit that there is stays. */
export function decimal(value: string | null | undefined, digits = 0): string {
  if (value === null || value === undefined || value === "") {
    return "";
  }
  const negative = value.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? value.slice(1) : value).split(".");
  const padded = fraction.padEnd(digits, "0");
  return (negative ? "−" : "") + whole.replace(GROUPS, ",") + (padded ? `.${padded}` : "");
}

/** To so many decimals, and under the pointer with every digit that there is; what would round to nothing keeps its own. */
export function rounded(value: string | null | undefined, digits: number): Child {
  if (!value || digitsOf(value) <= digits) {
    return decimal(value, digits);
  }
  const near = round(value, digits);
  return h("data", { value, title: value }, isZero(near) ? decimal(value) : decimal(near, digits));
}

/** Two decimals, as money is read. */
export const money = (value: string | null | undefined): Child => rounded(value, 2);

export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? "" : String(value).replace(GROUPS, ",").replace("-", "−");

/** How many decimals a tick or a lot has: what is shown in columns has as many. */
export const digitsOfStep = (step: string | null | undefined): number => Math.min(8, digitsOf(step ?? ""));

export const words = (name: string): string => name.replaceAll("_", " ").toLowerCase();

/** A time to the microsecond it has, in UTC or as the clock on the wall says. */
export function time(timestamp: string | null | undefined): string {
  if (!timestamp) {
    return "";
  }
  const fraction = /\.(\d*?)0*Z$/.exec(timestamp)?.[1] ?? "";
  return moment(new Date(timestamp)) + (fraction ? `.${fraction}` : "");
}

/** Without the date, for lists of one day. */
export const timeOfDay = (timestamp: string | null | undefined): string => time(timestamp).slice(11);

function moment(date: Date): string {
  if (settings.zone === "UTC") {
    return date.toISOString().slice(0, 19).replace("T", " ");
  }
  const two = (value: number) => String(value).padStart(2, "0");
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}` +
    ` ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  );
}

/** Seconds since 1970, shifted so that a chart that draws UTC shows the chosen zone. */
export function chartSeconds(timestamp: string): number {
  const date = new Date(timestamp);
  const shift = settings.zone === "UTC" ? 0 : -date.getTimezoneOffset() * 60;
  return Math.floor(date.getTime() / 1000) + shift;
}

/** Nanoseconds since 1970, exact. */
export function nanos(timestamp: string): bigint {
  const fraction = (/\.(\d+)Z$/.exec(timestamp)?.[1] ?? "").padEnd(9, "0");
  return BigInt(Math.floor(new Date(timestamp).getTime() / 1000)) * 1_000_000_000n + BigInt(fraction || "0");
}

export function timestampOf(at: bigint): string {
  const seconds = at / 1_000_000_000n;
  const fraction = String(at % 1_000_000_000n).padStart(9, "0");
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

export function seconds(value: string | number | null | undefined): string {
  if (value === null || value === undefined) {
    return "";
  }
  const number = Number(value);
  return number < 0.1 ? `${Math.round(number * 1000)} ms` : `${number.toFixed(1)} s`;
}
