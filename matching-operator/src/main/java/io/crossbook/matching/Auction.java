package io.crossbook.matching;

/**
 * The uncross of a call auction: one price, and both sides worked off from the front, price then time of entry.
 *
 * <p>The price is one of the order prices: most volume, then least surplus, then the side of the surplus (all buy: the
 * highest; all sell: the lowest), then nearest the last price, then the highest. Orders count whole, hidden lots too.
 */
final class Auction {
    private final OrderBook book;
    private final OrderSlab orders;
    private final PriceLevels bids;
    private final PriceLevels asks;
    private final LastPrice last;
    private final SlotList buys = new SlotList();
    private final SlotList sells = new SlotList();

    private long volume;
    private long surplus;
    private long lowestPrice;
    private long highestPrice;
    private long nearestPrice;
    private boolean allBuySurplus;
    private boolean allSellSurplus;

    Auction(OrderBook book, OrderSlab orders, PriceLevels bids, PriceLevels asks, LastPrice last) {
        this.book = book;
        this.orders = orders;
        this.bids = bids;
        this.asks = asks;
        this.last = last;
    }

    /** Trades what can be traded; without volume nothing changes, else icebergs show full peaks afterwards. */
    void uncross() {
        if (!find()) {
            return;
        }
        buys.clear();
        sells.clear();
        collect(bids, buys);
        collect(asks, sells);
        workOff(price());
        showFullPeaks(bids);
        showFullPeaks(asks);
    }

    /** Pairs the front buy and the front sell until the volume is done. */
    private void workOff(long price) {
        int buyIndex = 0;
        int sellIndex = 0;
        for (long left = volume; left > 0; ) {
            int buy = buys.get(buyIndex);
            int sell = sells.get(sellIndex);
            long quantity = Math.min(left, Math.min(orders.leaves(buy), orders.leaves(sell)));
            left -= quantity;
            fill(buy, bids, quantity, price);
            fill(sell, asks, quantity, price);
            book.markChanged(sell);
            book.noteTrade(buy, sell, price, quantity, true);
            buyIndex += endIfFilled(buy) ? 1 : 0;
            sellIndex += endIfFilled(sell) ? 1 : 0;
        }
    }

    /** Hidden lots take part like displayed ones. */
    private void fill(int order, PriceLevels side, long quantity, long price) {
        side.setOpen(order, orders.leaves(order), 0);
        side.fill(order, quantity, price);
    }

    private boolean endIfFilled(int order) {
        boolean filled = orders.leaves(order) == 0;
        if (filled) {
            book.endFilled(order);
        }
        return filled;
    }

    private void showFullPeaks(PriceLevels side) {
        for (int position = side.size() - 1; position >= 0; position--) {
            int level = side.levelAt(position);
            for (int order = side.head(level); order != OrderSlab.NONE; order = orders.next(order)) {
                if (orders.isIceberg(order)) {
                    long leaves = orders.leaves(order);
                    book.setLeaves(order, leaves, orders.peak(order, leaves));
                }
            }
        }
    }

    /** Looks for the price; {@code false} if nothing can trade. */
    private boolean find() {
        volume = 0;
        surplus = Long.MAX_VALUE;
        if (bids.isEmpty() || asks.isEmpty() || bids.bestPrice() < asks.bestPrice()) {
            return false;
        }
        visitCandidates();
        return volume > 0;
    }

    private long price() {
        if (allBuySurplus) {
            return highestPrice;
        }
        return allSellSurplus ? lowestPrice : last.isKnown() ? nearestPrice : highestPrice;
    }

    /**
     * Goes through the order prices between best ask and best bid from the lowest up. Beyond them one side has no
     * volume. On the way up asks join and bids fall away.
     */
    private void visitCandidates() {
        int bid = lowestBidAtOrAbove(asks.bestPrice());
        int ask = asks.size() - 1;
        long bidVolume = 0;
        for (int i = bid; i < bids.size(); i++) {
            bidVolume += bids.open(bids.levelAt(i));
        }
        long askVolume = 0;
        while (bid < bids.size()) {
            long bidPrice = bids.priceAt(bid);
            long price = ask >= 0 ? Math.min(bidPrice, asks.priceAt(ask)) : bidPrice;
            if (ask >= 0 && asks.priceAt(ask) == price) {
                askVolume += asks.open(asks.levelAt(ask--));
            }
            visit(price, bidVolume, askVolume);
            if (bidPrice == price) {
                bidVolume -= bids.open(bids.levelAt(bid++));
            }
        }
    }

    private int lowestBidAtOrAbove(long price) {
        int position = bids.size() - 1;
        while (position > 0 && bids.priceAt(position - 1) >= price) {
            position--;
        }
        return position;
    }

    /** Takes a price up as a candidate if it is at least as good as those below it. */
    private void visit(long price, long bidVolume, long askVolume) {
        long volumeHere = Math.min(bidVolume, askVolume);
        long surplusHere = Math.abs(bidVolume - askVolume);
        if (volumeHere < volume || volumeHere == volume && surplusHere > surplus) {
            return;
        }
        if (volumeHere > volume || surplusHere < surplus) {
            volume = volumeHere;
            surplus = surplusHere;
            lowestPrice = price;
            nearestPrice = price;
            allBuySurplus = true;
            allSellSurplus = true;
        } else if (last.isNearerOrTied(price, nearestPrice)) {
            nearestPrice = price;
        }
        highestPrice = price;
        allBuySurplus &= bidVolume > askVolume;
        allSellSurplus &= bidVolume < askVolume;
    }

    /** The orders of a side from the front, price then time of entry, until they cover the volume. */
    private void collect(PriceLevels side, SlotList into) {
        long covered = 0;
        for (int position = side.size() - 1; position >= 0 && covered < volume; position--) {
            int level = side.levelAt(position);
            int from = into.size();
            for (int order = side.head(level); order != OrderSlab.NONE; order = orders.next(order)) {
                into.add(order);
            }
            // A refilled iceberg stands further back in its queue than its time of entry says.
            into.sortByEntry(orders, from);
            covered += side.open(level);
        }
    }
}
