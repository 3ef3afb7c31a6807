// One WebSocket for the whole page; it comes back by itself, and then what was asked for is asked for again.
import type { LevelChange, Orderbook, Trade } from "./types.js";

export type Channel = "trades" | "orders" | "orderbook" | "pnl";
export type State = "connecting" | "connected" | "lost" | "off";

interface Frames {
  new_trade: Trade;
  order_update: { instrument: string; order_id?: string; client_id?: string };
  orderbook_snapshot: Orderbook | { sequence: number; levels: LevelChange[]; checksum: number };
  orderbook_delta: { sequence: number; levels: LevelChange[]; checksum: number };
  pnl_update: { client_id: string; instrument: string };
}

export type Frame = {
  [E in keyof Frames]: { event: E; channel: Channel; instrument: string; sequence: number; event_no: number; data: Frames[E] };
}[keyof Frames];

interface Subscription {
  channels: Channel[];
  instrument: string;
  take: (frame: Frame) => void;
  again: () => void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** A heartbeat comes every 15 seconds. */
const SILENCE = 40_000;

let socket: WebSocket | null = null;
let state: State = "off";
let pause = FIRST_PAUSE;
let silence: number | undefined;
const subscriptions = new Set<Subscription>();
const watchers = new Set<(state: State) => void>();

/** Is told now and whenever it changes. */
export function watch(watcher: (state: State) => void): void {
  watchers.add(watcher);
  watcher(state);
}

function become(next: State): void {
  state = next;
  watchers.forEach((watcher) => watcher(next));
}

/**
 * Follows what a live run says until the function that comes back is called.
 *
 * @param again from now on everything is told, for the first time, or after the connection was lost or too slow: what was
 *     missed until then must be read
 */
export function follow(channels: Channel[], instrument: string, take: (frame: Frame) => void, again: () => void): () => void {
  const subscription = { channels, instrument, take, again };
  subscriptions.add(subscription);
  if (socket === null) {
    open();
  } else if (socket.readyState === WebSocket.OPEN) {
    ask("subscribe", subscription);
  }
  return () => {
    subscriptions.delete(subscription);
    if (socket?.readyState === WebSocket.OPEN) {
      ask("unsubscribe", subscription);
      // What others on the page follow, goes on.
      subscriptions.forEach((other) => ask("subscribe", other));
    }
  };
}

function ask(type: "subscribe" | "unsubscribe", { channels, instrument }: Subscription): void {
  socket?.send(JSON.stringify({ type, channels, ...(instrument ? { instrument } : {}) }));
}

function open(): void {
  become(state === "off" ? "connecting" : "lost");
  const opened = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/stream`);
  socket = opened;
  opened.onopen = () => {
    pause = FIRST_PAUSE;
    become("connected");
    heard();
    subscriptions.forEach((subscription) => ask("subscribe", subscription));
  };
  opened.onmessage = (message) => {
    heard();
    take(JSON.parse(String(message.data)) as Parameters<typeof take>[0]);
  };
  opened.onclose = () => {
    clearTimeout(silence);
    become("lost");
    setTimeout(open, pause);
    pause = Math.min(LONGEST_PAUSE, 2 * pause);
  };
}

/** A connection that says nothing at all is dead, whatever the browser believes. */
function heard(): void {
  clearTimeout(silence);
  silence = setTimeout(() => socket?.close(), SILENCE);
}

interface Subscribed {
  type: "subscribed";
  channels: Channel[];
  instrument?: string;
}

function take(frame: Frame | Subscribed | { type: "resync" | "other" }): void {
  if ("channel" in frame) {
    subscriptions.forEach((subscription) => {
      if (subscription.channels.includes(frame.channel) && (!subscription.instrument || subscription.instrument === frame.instrument)) {
        subscription.take(frame);
      }
    });
  } else if (frame.type === "subscribed") {
    subscriptions.forEach((subscription) => {
      if (subscription.instrument === (frame.instrument ?? "") && subscription.channels.every((channel) => frame.channels.includes(channel))) {
        subscription.again();
      }
    });
  } else if (frame.type === "resync") {
    subscriptions.forEach((subscription) => subscription.again());
  }
}
