package io.crossbook.api.clearing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of what is published, in the words and texts of the files of a clearing. */
final class ClearingViews {
    private ClearingViews() {}

    /**
     * A clearing.
     *
     * @param runNo number of the clearing of its date
     * @param state RUNNING, FAILED or COMPLETED
     * @param stale whether an earlier day was cleared again since, so that this one has to be, too
     */
    @Schema(name = "ClearingRun")
    record RunView(
            String runId,
            String businessDate,
            int runNo,
            String state,
            boolean official,
            boolean whatIf,
            boolean stale,
            @Nullable String reason,
            @Nullable String step,
            String startedAt,
            @Nullable String endedAt,
            @Nullable String failure,
            @Nullable String hash) {}

    record RunsView(List<RunView> runs, @Nullable String nextCursor) {}

    @Schema(name = "ClearedPosition")
    record PositionView(
            String member,
            String instrument,
            String openQuantity,
            String closeQuantity,
            @Nullable String settlementPrice) {
        static PositionView of(List<@Nullable String> line) {
            return new PositionView(line.get(0), line.get(1), line.get(2), line.get(3), line.get(4));
        }
    }

    @Schema(name = "SettlementPrice")
    record PriceView(
            String instrument, String price, @Nullable String previousPrice, String method, String volume) {
        static PriceView of(List<@Nullable String> line) {
            return new PriceView(line.get(0), line.get(1), line.get(2), line.get(3), line.get(4));
        }
    }

    @Schema(name = "VariationMargin")
    record VariationView(String member, String instrument, String currency, String amount) {
        static VariationView of(List<@Nullable String> line) {
            return new VariationView(line.get(0), line.get(1), line.get(2), line.get(3));
        }
    }

    @Schema(name = "Obligation")
    record ObligationView(
            String member, String instrument, String settlementDate, String quantity, String cash, String currency) {
        static ObligationView of(List<@Nullable String> line) {
            return new ObligationView(line.get(0), line.get(1), line.get(2), line.get(3), line.get(4), line.get(5));
        }
    }

    @Schema(name = "MarginRequirement")
    record MarginView(
            String member, String model, String currency, String requirement, String collateral, String call) {
        static MarginView of(List<@Nullable String> line) {
            return new MarginView(line.get(0), line.get(1), line.get(2), line.get(3), line.get(4), line.get(5));
        }
    }

    record PositionsView(
            RunView run,
            List<PositionView> positions,
            @Nullable String nextCursor) {}

    record PricesView(
            RunView run, List<PriceView> prices, @Nullable String nextCursor) {}

    record VariationsView(
            RunView run,
            List<VariationView> variation,
            @Nullable String nextCursor) {}

    record ObligationsView(
            RunView run,
            List<ObligationView> obligations,
            @Nullable String nextCursor) {}

    record MarginsView(
            RunView run, List<MarginView> margin, @Nullable String nextCursor) {}

    /** @param reports by name, each with lines in the words of the member's files */
    @Schema(name = "MemberStatement")
    record StatementView(RunView run, String member, Map<String, List<Map<String, @Nullable String>>> reports) {}
}
