import { CandlestickSeries, ColorType, createChart, createSeriesMarkers, CrosshairMode, HistogramSeries } from "lightweight-charts";
import { cell, element, head, longTable, number, section, token } from "./dom.js";
import { count, decimal, money, moment, span, tone } from "./format.js";

const MOST_DIGITS = 8;

/** A table of the instruments; the chosen one's candles, volume and largest trades above it. */
export function instruments(all) {
  if (all.number === 0) {
    return null;
  }
  const place = element("div", { class: "candles" });
  const caption = element("figcaption", {});
  const figure = element("figure", {}, caption, place);
  const rows = all.list.map((instrument) => row(instrument, () => choose(instrument)));
  let chosen = all.list.find((instrument) => instrument.candles?.length > 0);
  let chart = null;

  function choose(instrument) {
    chosen = instrument;
    draw();
    figure.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  function draw() {
    chart?.remove();
    chart = null;
    rows.forEach((node, i) => node.classList.toggle("chosen", all.list[i] === chosen));
    figure.hidden = !chosen;
    if (chosen) {
      caption.textContent = `${chosen.instrument}, ${span(chosen.interval_seconds)} candles, volume, and the largest trades: ▲ bought, ▼ sold, ● auction`;
      chart = candles(place, chosen);
    }
  }

  const columns = head("Instrument", ">Trades", ">Volume", ">VWAP", ">Last", "", ">Realized", ">Fees", ">Accepted", ">Rejected", ">Repeated");
  return { node: section("Instruments", null, figure, longTable(columns, rows, 15, all.number)), draw };
}

function row(instrument, choose) {
  const pictured = instrument.candles?.length > 0;
  const name = pictured ? element("button", { type: "button", class: "link", onclick: choose }, instrument.instrument) : instrument.instrument;
  return element(
    "tr",
    {},
    element("td", {}, name),
    number(count(instrument.trades ?? 0)),
    number(decimal(instrument.volume)),
    number(instrument.vwap === undefined ? "" : decimal(Number(instrument.vwap.toPrecision(8)))),
    number(decimal(instrument.last_price)),
    cell(instrument.currency ?? ""),
    number(money(instrument.realized_pnl ?? 0), instrument.realized_pnl, tone(instrument.realized_pnl)),
    number(money(instrument.fees ?? 0), instrument.fees),
    number(count(instrument.accepted ?? 0)),
    number(count(instrument.rejected ?? 0)),
    number(count(instrument.duplicate ?? 0)),
  );
}

function candles(place, instrument) {
  const chart = createChart(place, {
    width: place.clientWidth,
    height: 380,
    layout: {
      background: { type: ColorType.Solid, color: "transparent" },
      textColor: token("quiet"),
      fontFamily: "system-ui, sans-serif",
      fontSize: 11,
      attributionLogo: true,
    },
    grid: { vertLines: { color: token("line") }, horzLines: { color: token("line") } },
    rightPriceScale: { borderColor: token("line"), scaleMargins: { top: 0.08, bottom: 0.24 } },
    timeScale: { borderColor: token("line"), timeVisible: instrument.interval_seconds < 86400, secondsVisible: instrument.interval_seconds < 60 },
    crosshair: { mode: CrosshairMode.Normal },
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
    localization: { locale: "en-GB" },
  });
  const gain = token("gain");
  const loss = token("loss");
  const precision = digits(instrument.candles);
  const prices = chart.addSeries(CandlestickSeries, {
    upColor: gain,
    downColor: loss,
    borderVisible: false,
    wickUpColor: gain,
    wickDownColor: loss,
    priceFormat: { type: "price", precision, minMove: 10 ** -precision },
  });
  prices.setData(instrument.candles.map(([time, open, high, low, close]) => ({ time, open, high, low, close })));
  const volume = chart.addSeries(HistogramSeries, { priceScaleId: "volume", priceFormat: { type: "volume" }, color: token("bar"), lastValueVisible: false, priceLineVisible: false });
  chart.priceScale("volume").applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
  volume.setData(instrument.candles.map(([time, , , , , value]) => ({ time, value })));
  createSeriesMarkers(prices, instrument.largest_trades.map(marker));
  chart.timeScale().fitContent();
  chart.subscribeCrosshairMove((at) => {
    const trade = at.hoveredObjectId === undefined ? undefined : instrument.largest_trades[Number(at.hoveredObjectId)];
    place.title = trade ? sentence(trade) : "";
  });
  return chart;
}

function marker(trade, i) {
  const shapes = { BUY: "arrowUp", SELL: "arrowDown" };
  return {
    id: String(i),
    time: trade.candle,
    position: trade.side === "BUY" ? "belowBar" : trade.side === "SELL" ? "aboveBar" : "inBar",
    shape: shapes[trade.side] ?? "circle",
    color: trade.side === "BUY" ? token("gain") : trade.side === "SELL" ? token("loss") : token("accent"),
    size: 0.8,
  };
}

function sentence(trade) {
  const at = moment(new Date(trade.time * 1000).toISOString().replace(".000", ""));
  return `${at}: ${trade.buyer} bought ${decimal(trade.quantity)} at ${decimal(trade.price)} from ${trade.seller}`;
}

/** As many digits as the prices have. */
function digits(rows) {
  let most = 0;
  for (const [, ...prices] of rows) {
    for (const price of prices.slice(0, 4)) {
      const text = String(price);
      most = Math.max(most, text.includes(".") && !text.includes("e") ? text.length - text.indexOf(".") - 1 : 0);
    }
  }
  return Math.min(MOST_DIGITS, most);
}
