package io.crossbook.cli.generate;

/**
 * The shape of a flow: shares of all commands behind the prefill, what trades, and the book it keeps up.
 *
 * @param newShare share of limit orders; what the other shares leave of one
 * @param iocShare share of immediate-or-cancel orders
 * @param marketShare share of market orders
 * @param cancelShare share of cancels
 * @param replacePriceShare share of replaces to another price
 * @param replaceQuantityShare share of replaces to less quantity
 * @param tradingShare share of commands that trade
 * @param fillsEach trades of a command that trades, on average
 * @param resting orders in the books when the prefill is done, all instruments together
 * @param levelsPerSide ticks of one side over which an instrument's orders spread
 * @param instruments number of instruments
 * @param nearShare share of passive orders behind the prefill that are placed at the touch
 */
public record FlowShape(
        double newShare,
        double iocShare,
        double marketShare,
        double cancelShare,
        double replacePriceShare,
        double replaceQuantityShare,
        double tradingShare,
        double fillsEach,
        int resting,
        int levelsPerSide,
        int instruments,
        double nearShare) {
    public FlowShape {
        double shares = newShare + iocShare + marketShare + cancelShare + replacePriceShare + replaceQuantityShare;
        if (newShare < 0
                || iocShare < 0
                || marketShare < 0
                || cancelShare < 0
                || replacePriceShare < 0
                || replaceQuantityShare < 0
                || Math.abs(shares - 1) > 1e-9) {
            throw new IllegalArgumentException(
                    "Shares must be zero or more and leave room for new orders: their sum is " + shares
                            + ", that of new orders " + newShare);
        }
        if (instruments < 1 || resting < 0) {
            throw new IllegalArgumentException("A flow needs at least one instrument and no negative book");
        }
    }

    /** Shares in percent, as the table of reference flows has them; new orders are what is left of a hundred. */
    static FlowShape ofPercent(
            double ioc,
            double market,
            double cancel,
            double replacePrice,
            double replaceQuantity,
            double trading,
            double fillsEach,
            int resting,
            int levelsPerSide,
            int instruments,
            double nearShare) {
        return new FlowShape(
                newShare(ioc / 100, market / 100, cancel / 100, replacePrice / 100, replaceQuantity / 100),
                ioc / 100,
                market / 100,
                cancel / 100,
                replacePrice / 100,
                replaceQuantity / 100,
                trading / 100,
                fillsEach,
                resting,
                levelsPerSide,
                instruments,
                nearShare);
    }

    /** The same flow over another number of instruments, the book of each as large as before. */
    FlowShape withInstruments(int number) {
        long scaled = Math.min(Integer.MAX_VALUE / 4, Math.max(1, (long) resting * number / instruments));
        return new FlowShape(
                newShare,
                iocShare,
                marketShare,
                cancelShare,
                replacePriceShare,
                replaceQuantityShare,
                tradingShare,
                fillsEach,
                (int) scaled,
                levelsPerSide,
                number,
                nearShare);
    }

    /** The same flow with other shares of cancels, replaces (of price and quantity as before) and market orders. */
    FlowShape withShares(double cancel, double replace, double market) {
        double replaceBefore = replacePriceShare + replaceQuantityShare;
        double ofPrice = replaceBefore == 0 ? replace : replace * replacePriceShare / replaceBefore;
        return new FlowShape(
                newShare(iocShare, market, cancel, ofPrice, replace - ofPrice),
                iocShare,
                market,
                cancel,
                ofPrice,
                replace - ofPrice,
                Math.max(tradingShare, iocShare + market),
                fillsEach,
                resting,
                levelsPerSide,
                instruments,
                nearShare);
    }

    double replaceShare() {
        return replacePriceShare + replaceQuantityShare;
    }

    private static double newShare(double ioc, double market, double cancel, double price, double quantity) {
        return 1 - ioc - market - cancel - price - quantity;
    }
}
