// What the API answers; docs/openapi.json has every field.

export interface ProblemAnswer {
  title?: string;
  detail?: string;
  code?: string;
  errors?: { field: string; message: string }[];
}

export interface Run {
  run_id: string;
  mode: string;
  version: string;
  state: "RUNNING" | "FINISHED" | "FAILED";
  takes_orders: boolean;
  started_at: string | null;
  ended_at: string | null;
  failure: string | null;
  hash: string | null;
  input_rows: number | null;
  accepted: number | null;
  rejected: number | null;
  duplicate: number | null;
  trades: number | null;
  first_timestamp: string | null;
  last_timestamp: string | null;
}

export interface Report {
  checks?: Record<string, { ok: boolean; message?: string; figures?: Record<string, string | number> }>;
  volume?: Record<string, string>;
  clients?: number;
  realized_pnl?: Record<string, string>;
  fees?: Record<string, string>;
  elapsed_seconds?: number;
  commands_per_second?: number;
  parallelism?: number;
  restarts?: number;
  input?: { files?: { name: string; sha256: string; bytes?: number }[] };
}

export interface Instrument {
  instrument: string;
  described: boolean;
  kind: string;
  currency: string;
  tick_size: string | null;
  lot_size: string | null;
  multiplier: string | null;
  mark_price: string | null;
}

export interface RejectReason {
  code: string;
  rejects: number;
}

export interface Reject {
  file: string;
  line: number;
  instrument: string | null;
  sequence: number | null;
  order_id: string | null;
  code: string;
  message: string;
  raw: string;
}

export interface Level {
  price: string;
  quantity: string;
  cumulative: string;
}

export interface Orderbook {
  instrument: string;
  sequence: number;
  bids: Level[];
  asks: Level[];
  checksum: number;
}

export interface LevelChange {
  side: "BUY" | "SELL";
  price: string;
  quantity: string;
  orders: number;
}

export interface BookChange {
  sequence: number;
  timestamp: string;
  levels: LevelChange[];
}

export interface Trade {
  instrument: string;
  trade_no: number;
  trade_id: string;
  sequence: number;
  timestamp: string;
  price: string;
  quantity: string;
  aggressor_side: "BUY" | "SELL" | null;
  buy_client_id?: string;
  sell_client_id?: string;
}

export interface Candle {
  time_bucket: string;
  trade_count: number;
  total_quantity: string;
  total_volume: string;
  vwap: string | null;
  open_price: string;
  high_price: string;
  low_price: string;
  close_price: string;
}

export interface Client {
  client_id: string;
  currency: string;
  instruments: number;
  open_positions: number;
  unmarked: number;
  realized_pnl: string;
  unrealized_pnl: string;
  fees: string;
  net_pnl: string;
}

export interface Position {
  client_id: string;
  instrument: string;
  net_quantity: string;
  average_price: string | null;
  mark_price: string | null;
  market_value: string | null;
  unrealized_pnl: string | null;
}

export interface Pnl {
  realized: { instrument: string; realized_pnl: string; closed_quantity: string }[];
  unmarked: string[];
  totals: {
    currency: string;
    total_realized_pnl: string;
    total_unrealized_pnl: string;
    total_fees: string;
    net_pnl: string;
  }[];
}

export interface Lot {
  instrument: string;
  lot_no: number;
  trade_id: string;
  side: "BUY" | "SELL";
  quantity: string;
  price: string;
  opened_at: string;
}

export interface EquityPoint {
  timestamp: string;
  currency: string;
  net_pnl: string;
  drawdown: string;
}

export interface Order {
  instrument: string;
  order_id: string;
  sequence: number;
  client_id: string | null;
  side: "BUY" | "SELL" | null;
  type: string | null;
  tif: string | null;
  price: string | null;
  quantity: string | null;
  filled_quantity: string | null;
  leaves_quantity: string | null;
  average_price: string | null;
  status: string | null;
  reason: string | null;
  entered_at: string | null;
  updated_at: string | null;
}

export interface Execution {
  sequence: number;
  event_no: number;
  timestamp: string;
  exec_type: string;
  ord_status: string | null;
  last_price: string | null;
  last_quantity: string | null;
  leaves_quantity: string | null;
  reason: string | null;
}

export interface OrderAnswer {
  order: Order;
  trades: Trade[];
  orderbook: Orderbook | null;
}

export interface ClearingRun {
  run_id: string;
  business_date: string;
  run_no: number;
  state: "RUNNING" | "FAILED" | "COMPLETED";
  official: boolean;
  what_if: boolean;
  stale: boolean;
  reason: string | null;
  step: string | null;
  started_at: string;
  ended_at: string | null;
  failure: string | null;
  hash: string | null;
}

export interface ClearingDetails {
  run: ClearingRun;
  steps: { step: string; state: string; attempts: number; elapsed_seconds: string | null }[];
  checks: { name: string; breaks: number }[];
  breaks: { name: string; subject: string; expected: string | null; found: string | null }[];
  restated: {
    member: string;
    instrument: string;
    currency: string;
    old_amount: string;
    new_amount: string;
    difference: string;
  }[];
}

export interface Comparison {
  left: string;
  right: string;
  difference: {
    table: string;
    instrument: string;
    sequence: number;
    left: Record<string, unknown> | null;
    right: Record<string, unknown> | null;
  } | null;
  pnl: { client_id: string; currency: string; left: string | null; right: string | null; difference: string }[];
}

/** A list that goes on with its cursor. */
export type Listed<K extends string, T> = { [key in K]: T[] } & { next_cursor: string | null };
