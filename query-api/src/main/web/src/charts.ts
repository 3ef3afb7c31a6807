import { CandlestickSeries, ColorType, createChart, CrosshairMode, HistogramSeries } from "lightweight-charts";
import type { IChartApi, ISeriesApi, UTCTimestamp } from "lightweight-charts";
import uPlot from "uplot";
import { token } from "./dom.js";
import { chartSeconds, time } from "./format.js";
import { settings } from "./settings.js";
import type { Candle, EquityPoint, Level } from "./types.js";

/** Candles with the quantity that traded below them. */
export class CandleChart {
  private readonly chart: IChartApi;
  private readonly prices: ISeriesApi<"Candlestick">;
  private readonly quantities: ISeriesApi<"Histogram">;
  private fitted = false;

  constructor(place: HTMLElement, digits: number) {
    this.chart = createChart(place, {
      autoSize: true,
      layout: {
        background: { type: ColorType.Solid, color: "transparent" },
        textColor: token("quiet"),
        fontFamily: "system-ui, sans-serif",
        fontSize: 11,
        attributionLogo: true,
      },
      grid: { vertLines: { color: token("line") }, horzLines: { color: token("line") } },
      rightPriceScale: { borderColor: token("line"), scaleMargins: { top: 0.08, bottom: 0.24 } },
      timeScale: { borderColor: token("line"), timeVisible: true, secondsVisible: false },
      crosshair: { mode: CrosshairMode.Normal },
      localization: { locale: "en-GB" },
    });
    this.prices = this.chart.addSeries(CandlestickSeries, {
      upColor: token("gain"),
      downColor: token("loss"),
      borderVisible: false,
      wickUpColor: token("gain"),
      wickDownColor: token("loss"),
      priceFormat: { type: "price", precision: digits, minMove: 10 ** -digits },
    });
    this.quantities = this.chart.addSeries(HistogramSeries, {
      priceScaleId: "quantity",
      priceFormat: { type: "volume" },
      color: token("bar"),
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.chart.priceScale("quantity").applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
  }

  show(candles: Candle[]): void {
    const at = (candle: Candle) => chartSeconds(candle.time_bucket) as UTCTimestamp;
    this.prices.setData(
      candles.map((candle) => ({
        time: at(candle),
        open: Number(candle.open_price),
        high: Number(candle.high_price),
        low: Number(candle.low_price),
        close: Number(candle.close_price),
      })),
    );
    this.quantities.setData(candles.map((candle) => ({ time: at(candle), value: Number(candle.total_quantity) })));
    if (!this.fitted && candles.length > 0) {
      this.fitted = true;
      this.chart.timeScale().fitContent();
    }
  }

  remove(): void {
    this.chart.remove();
  }
}

const axis = (): uPlot.Axis => ({
  stroke: token("quiet"),
  font: "11px system-ui, sans-serif",
  grid: { stroke: token("line"), width: 1 },
  ticks: { show: false },
});

const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 8 });
const compact = (value: number): string => short.format(value).replace("-", "−");

/** A chart that is as wide as its place. */
function fitted(place: HTMLElement, height: number, options: Omit<uPlot.Options, "width" | "height">, data: uPlot.AlignedData): uPlot {
  const chart = new uPlot({ ...options, width: Math.max(200, place.clientWidth), height }, data, place);
  const observer = new ResizeObserver(() => chart.setSize({ width: Math.max(200, place.clientWidth), height }));
  observer.observe(place);
  const destroy = chart.destroy.bind(chart);
  chart.destroy = () => {
    observer.disconnect();
    destroy();
  };
  return chart;
}

/** How much could be bought or sold until each price. */
export function depthChart(place: HTMLElement): { show: (bids: Level[], asks: Level[]) => void; destroy: () => void } {
  const stepped = uPlot.paths.stepped?.({ align: 1 }) ?? null;
  const stepping = stepped === null ? {} : { paths: stepped };
  const chart = fitted(
    place,
    220,
    {
      scales: { x: { time: false } },
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      axes: [
        { ...axis(), values: (_, splits) => splits.map((split) => plain.format(split)) },
        { ...axis(), size: 56, values: (_, splits) => splits.map((split) => compact(split)) },
      ],
      series: [
        {},
        { label: "bids", stroke: token("gain"), fill: `${token("gain")}33`, width: 1.5, points: { show: false }, ...stepping },
        { label: "asks", stroke: token("loss"), fill: `${token("loss")}33`, width: 1.5, points: { show: false }, ...stepping },
      ],
    },
    [[], [], []],
  );
  return {
    show: (bids, asks) => {
      const rising = [...bids].reverse();
      chart.setData([
        [...rising, ...asks].map((level) => Number(level.price)),
        [...rising.map((level) => Number(level.cumulative)), ...asks.map(() => null)],
        [...rising.map(() => null), ...asks.map((level) => Number(level.cumulative))],
      ]);
    },
    destroy: () => chart.destroy(),
  };
}

const DAY = 86_400;
const wall = (seconds: number): string => time(new Date(seconds * 1000).toISOString());

/** Net P&L over time, and below it how far it lies under its highest. */
export function equityCharts(net: HTMLElement, drawdown: HTMLElement, points: EquityPoint[]): () => void {
  const times = points.map((point) => new Date(point.timestamp).getTime() / 1000);
  const line = (place: HTMLElement, height: number, label: string, colour: string, values: number[]) =>
    fitted(
      place,
      height,
      {
        tzDate: (seconds) => (settings.zone === "UTC" ? uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC") : new Date(seconds * 1000)),
        cursor: { sync: { key: "equity" }, points: { size: 6 }, drag: { x: true, y: false } },
        legend: { show: true },
        axes: [
          { ...axis(), values: (_, splits, __, ___, step) => splits.map((at) => (step >= DAY ? wall(at).slice(0, 10) : wall(at).slice(11, 16))) },
          { ...axis(), size: 64, values: (_, splits) => splits.map((split) => compact(split)) },
        ],
        series: [
          { label: settings.zone === "UTC" ? "UTC" : "time", value: (_, at) => (at === null ? "" : wall(at)) },
          { label, stroke: token(colour), fill: `${token(colour)}22`, width: 1.5, points: { show: false } },
        ],
      },
      [times, values],
    );
  const charts = [
    line(net, 240, "net P&L", "accent", points.map((point) => Number(point.net_pnl))),
    line(drawdown, 120, "drawdown", "loss", points.map((point) => Number(point.drawdown))),
  ];
  return () => charts.forEach((chart) => chart.destroy());
}
