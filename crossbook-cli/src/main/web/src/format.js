const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: "halfEven" });
const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 8 });

export const count = (value) => whole.format(value);
/** Rounded for the eye, a tie to the even digit; the files hold every digit. A decimal comes as a text and is never a float. */
export const money = (value) => cents.format(value).replace(/^-(0\.00)$/, "$1").replace("-", "−");
export const decimal = (value) => (value === undefined || value === null ? "" : plain.format(Number(value)).replace("-", "−"));
export const percent = (share) => `${(share * 100).toFixed(1)} %`;
export const tone = (value) => (Number(value) < 0 ? "loss" : Number(value) > 0 ? "gain" : "");

export function exactTitle(amounts) {
  return Object.entries(amounts ?? {}).map(([currency, amount]) => `${amount} ${currency}`).join("\n");
}

const twoDigits = (value) => String(value).padStart(2, "0");

export function clock(seconds, withSeconds) {
  const date = new Date(seconds * 1000);
  const text = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
  return withSeconds ? `${text}:${twoDigits(date.getUTCSeconds())}` : text;
}

export const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

/** An RFC 3339 time to the second, or with all its digits if they are not zero. */
export const moment = (timestamp) => timestamp.replace("T", " ").replace("Z", "").replace(/\.0+$/, "").replace(/(\.\d*?)0+$/, "$1");

export function span(seconds) {
  if (seconds % 86400 === 0) {
    return seconds === 86400 ? "1 day" : `${seconds / 86400} days`;
  }
  if (seconds % 3600 === 0) {
    return `${seconds / 3600} h`;
  }
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
