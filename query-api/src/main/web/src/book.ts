// A displayed book that is begun with a whole one and kept by its changes.
import { compare, isZero, plus } from "./decimal.js";
import type { Level, LevelChange, Orderbook } from "./types.js";

const CHECKED_LEVELS = 10;

export class Book {
  private sides = { BUY: new Map<string, string>(), SELL: new Map<string, string>() };
  private sorted: { BUY: [string, string][]; SELL: [string, string][] } | null = null;
  sequence = 0;

  begin(book: Orderbook): void {
    this.sides = {
      BUY: new Map(book.bids.map((level) => [level.price, level.quantity])),
      SELL: new Map(book.asks.map((level) => [level.price, level.quantity])),
    };
    this.sequence = book.sequence;
    this.sorted = null;
  }

  /** A whole book as a list of levels. */
  beginWith(sequence: number, levels: LevelChange[]): void {
    this.sides = { BUY: new Map(), SELL: new Map() };
    this.sequence = 0;
    this.apply(sequence, levels);
  }

  /** Levels as they are from a command on; those that are known already change nothing. */
  apply(sequence: number, levels: LevelChange[]): void {
    if (sequence <= this.sequence) {
      return;
    }
    for (const { side, price, quantity } of levels) {
      if (isZero(quantity)) {
        this.sides[side].delete(price);
      } else {
        this.sides[side].set(price, quantity);
      }
    }
    this.sequence = sequence;
    this.sorted = null;
  }

  private bestFirst(): { BUY: [string, string][]; SELL: [string, string][] } {
    this.sorted ??= {
      BUY: [...this.sides.BUY].sort(([one], [other]) => compare(other, one)),
      SELL: [...this.sides.SELL].sort(([one], [other]) => compare(one, other)),
    };
    return this.sorted;
  }

  bids(levels: number): Level[] {
    return cumulated(this.bestFirst().BUY.slice(0, levels));
  }

  asks(levels: number): Level[] {
    return cumulated(this.bestFirst().SELL.slice(0, levels));
  }

  /** CRC-32 over the best levels, as docs/topics.md tells it. */
  checksum(): number {
    const { BUY, SELL } = this.bestFirst();
    const text = (side: string, levels: [string, string][]) =>
      levels.slice(0, CHECKED_LEVELS).map(([price, quantity]) => `${side}:${price}:${quantity};`).join("");
    return crc32(new TextEncoder().encode(text("BUY", BUY) + text("SELL", SELL)));
  }
}

function cumulated(levels: [string, string][]): Level[] {
  let cumulative = "0";
  return levels.map(([price, quantity]) => {
    cumulative = plus(cumulative, quantity);
    return { price, quantity, cumulative };
  });
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 0xff] ?? 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
