// Decimals as texts, exact. Numbers are only for where something is drawn.

/** A decimal as whole units of its last digit. */
function units(text: string, digits: number): bigint {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const value = BigInt(whole + fraction.padEnd(digits, "0").slice(0, digits));
  return negative ? -value : value;
}

export function digitsOf(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

export function plus(one: string, other: string): string {
  const digits = Math.max(digitsOf(one), digitsOf(other));
  return text(units(one, digits) + units(other, digits), digits);
}

export function compare(one: string, other: string): number {
  const digits = Math.max(digitsOf(one), digitsOf(other));
  const difference = units(one, digits) - units(other, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** To so many digits, a tie to the even one. */
export function round(decimal: string, digits: number): string {
  const more = digitsOf(decimal) - digits;
  if (more <= 0) {
    return decimal;
  }
  const step = 10n ** BigInt(more);
  const value = units(decimal, digits + more);
  const size = value < 0n ? -value : value;
  const twice = 2n * (size % step);
  const whole = size / step;
  const near = twice > step || (twice === step && whole % 2n === 1n) ? whole + 1n : whole;
  return text(value < 0n ? -near : near, digits);
}

export function isZero(decimal: string): boolean {
  return /^-?0*(\.0*)?$/.test(decimal);
}

export function signOf(decimal: string | null | undefined): "gain" | "loss" | "" {
  return !decimal || isZero(decimal) ? "" : decimal.startsWith("-") ? "loss" : "gain";
}

/** Without zeros at its end, as every decimal of Crossbook is written. */
function text(value: bigint, digits: number): string {
  const negative = value < 0n;
  const all = (negative ? -value : value).toString().padStart(digits + 1, "0");
  const whole = all.slice(0, all.length - digits);
  const fraction = digits === 0 ? "" : all.slice(all.length - digits).replace(/0+$/, "");
  return (negative ? "-" : "") + whole + (fraction ? `.${fraction}` : "");
}
