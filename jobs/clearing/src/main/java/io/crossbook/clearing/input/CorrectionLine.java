package io.crossbook.clearing.input;

import io.crossbook.model.Decimal;
import io.crossbook.store.clearing.TradeCorrection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of {@code --corrections}: a trade that was busted, or is to count otherwise. */
public record CorrectionLine(TradeCorrection correction, long line) {
    private static final List<String> COLUMNS = List.of("trade_id", "version", "action", "price", "quantity", "reason");

    /** @throws IllegalArgumentException naming every fault with its place */
    public static List<CorrectionLine> read(InputText file) {
        Set<String> seen = new HashSet<>();
        return CsvTable.read(file, COLUMNS, line -> {
            String tradeId = line.name("trade_id");
            Decimal version = line.number("version");
            TradeCorrection.Action action = action(line);
            if (tradeId == null || version == null || action == null) {
                return null;
            }
            if (version.scale() != 0 || version.signum() <= 0 || version.compareTo(Decimal.of(1_000_000)) > 0) {
                line.fault("version must be a whole number from 1, was " + version);
                return null;
            }
            if (!seen.add(tradeId + ' ' + version)) {
                line.fault("version " + version + " of trade " + tradeId + " is there twice");
                return null;
            }
            return correction(line, tradeId, version.toBigDecimal().intValueExact(), action);
        });
    }

    private static TradeCorrection.@Nullable Action action(CsvTable.Line line) {
        return switch (line.text("action").toUpperCase(Locale.ROOT)) {
            case "CANCEL" -> TradeCorrection.Action.CANCEL;
            case "CORRECT" -> TradeCorrection.Action.CORRECT;
            default -> {
                line.fault("action must be CANCEL or CORRECT, was " + Faults.quoted(line.text("action")));
                yield null;
            }
        };
    }

    private static @Nullable CorrectionLine correction(
            CsvTable.Line line, String tradeId, int version, TradeCorrection.Action action) {
        if (line.text("reason").isEmpty()) {
            line.fault("reason is missing: a correction needs one");
            return null;
        }
        boolean corrects = action == TradeCorrection.Action.CORRECT;
        if (corrects && line.text("price").isEmpty() && line.text("quantity").isEmpty()) {
            line.fault("CORRECT needs a price, a quantity, or both");
            return null;
        }
        if (!corrects && !(line.text("price") + line.text("quantity")).isEmpty()) {
            line.fault("CANCEL takes neither price nor quantity");
            return null;
        }
        Decimal price = line.text("price").isEmpty() ? null : line.number("price");
        Decimal quantity = line.text("quantity").isEmpty() ? null : line.number("quantity");
        if (quantity != null && quantity.signum() <= 0) {
            line.fault("quantity must be above zero, was " + quantity + "; a trade that never was is a CANCEL");
        }
        return new CorrectionLine(
                new TradeCorrection(tradeId, version, action, price, quantity, line.text("reason")), line.number());
    }
}
