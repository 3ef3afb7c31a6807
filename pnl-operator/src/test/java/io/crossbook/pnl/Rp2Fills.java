package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.pnl.FillsCsv.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tax engine's acquisitions, disposals and transfers as one fills file, so that its capital gain of an asset is
 * {@code realized P&L − fees}.
 *
 * <ul>
 *   <li>A lot costs {@code EUR In With Fee}: the price is cost / amount, with no fee beside it. Every such quotient of the
 *       data terminates; one that does not would be refused here rather than rounded.
 *   <li>Income (interest and the like) enters as a lot at that cost whose fee is minus that cost: a rebate of all of it,
 *       which is the gain on receipt.
 *   <li>A disposal is a sale of what went out, at its proceeds; a fee paid in the asset leaves as a second sale at price
 *       0, so that amount and proceeds are both exact without a quotient.
 *   <li>A transfer's fee is a sale at {@code EUR Fee}. Transfers themselves move nothing: one queue per asset.
 * </ul>
 *
 * The trade id is kind, file line and part; events at one time keep the order acquisitions, disposals, transfers, each in
 * file order.
 */
public final class Rp2Fills {
    static final String CLIENT = "portfolio";

    private record Fill(String time, String csv) {}

    private Rp2Fills() {}

    /** The lines of a fills file, header first, by time. */
    public static List<String> convert(Path folder, String name) throws IOException {
        List<Fill> fills = new ArrayList<>();
        for (Row row : FillsCsv.rows(folder.resolve(name + "_in.csv"))) {
            acquisition(row, fills);
        }
        for (Row row : FillsCsv.rows(folder.resolve(name + "_out.csv"))) {
            disposal(row, fills);
        }
        for (Row row : FillsCsv.rows(folder.resolve(name + "_transfers.csv"))) {
            transfer(row, fills);
        }
        fills.sort(Comparator.comparing(Fill::time));
        return Stream.concat(Stream.of(FillsCsv.HEADER), fills.stream().map(Fill::csv))
                .toList();
    }

    private static void acquisition(Row row, List<Fill> fills) {
        Decimal cost = row.number("EUR In With Fee");
        Decimal amount = row.number("Crypto In");
        boolean income = row.text("Taxable Event").equals("YES");
        add(row, "in", "BUY", amount, exactPrice(cost, amount), income ? cost.negate() : Decimal.ZERO, fills);
    }

    private static void disposal(Row row, List<Fill> fills) {
        Decimal amount = row.number("Crypto Out");
        Decimal feeAmount = row.number("Crypto Fee");
        boolean onlyFee = row.text("Transaction Type").equals("FEE");
        if (onlyFee) {
            add(row, "fee", "SELL", feeAmount, exactPrice(row.number("EUR Fee"), feeAmount), Decimal.ZERO, fills);
            return;
        }
        add(row, "out", "SELL", amount, exactPrice(row.number("EUR Out"), amount), Decimal.ZERO, fills);
        if (!feeAmount.isZero()) {
            add(row, "outfee", "SELL", feeAmount, Decimal.ZERO, Decimal.ZERO, fills);
        }
    }

    private static void transfer(Row row, List<Fill> fills) {
        Decimal lost = row.number("Crypto Sent").minus(row.number("Crypto Received"));
        if (!lost.isZero()) {
            add(row, "move", "SELL", lost, exactPrice(row.number("EUR Fee"), lost), Decimal.ZERO, fills);
        }
    }

    private static Decimal exactPrice(Decimal amount, Decimal quantity) {
        Decimal price = amount.dividedBy(quantity, 18);
        if (!price.times(quantity).equals(amount)) {
            throw new ArithmeticException(amount + " / " + quantity + " does not end within 18 places");
        }
        return price;
    }

    private static void add(
            Row row, String kind, String side, Decimal quantity, Decimal price, Decimal fee, List<Fill> fills) {
        String time = row.text("Timestamp");
        String asset = row.text("Asset");
        String id = kind + "-" + row.line();
        fills.add(new Fill(
                time,
                String.join(
                        ",",
                        time,
                        id,
                        asset,
                        CLIENT,
                        side,
                        price.toString(),
                        quantity.toString(),
                        "",
                        fee.toString())));
    }
}
