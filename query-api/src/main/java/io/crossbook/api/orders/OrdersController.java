package io.crossbook.api.orders;

import io.crossbook.api.form.Form;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.model.OrdStatus;
import io.crossbook.store.queries.ExecutionQuery;
import io.crossbook.store.queries.OrderQuery;
import io.crossbook.store.queries.Page;
import io.crossbook.store.queries.StoredExecution;
import io.crossbook.store.queries.StoredOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Orders: enter, cancel, replace, look up. */
@Tag(name = "orders")
@RestController
@RequestMapping("/api/v1/orders")
class OrdersController {
    private final OrderEntry entry;
    private final CommandDesk desk;
    private final LiveRuns runs;
    private final Store store;

    OrdersController(OrderEntry entry, CommandDesk desk, LiveRuns runs, Store store) {
        this.entry = entry;
        this.desk = desk;
        this.runs = runs;
        this.store = store;
    }

    @Operation(summary = "Enter an order", description = "Answered once it is matched, with its trades.")
    @ApiResponse(
            responseCode = "201",
            description = "matched",
            content = @Content(schema = @Schema(implementation = OrderAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the outcome is not known yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = OrderForm.class)))
    @PostMapping
    CompletableFuture<ResponseEntity<Object>> enter(
            @RequestBody JsonNode body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        return entry.enter(OrderForm.read(Form.of(body), idempotencyKey), prefer);
    }

    /**
     * What a cancel may say.
     *
     * @param clientId must own the order, if given
     */
    @Schema(name = "CancelRequest")
    record CancelForm(@Nullable String clientId, @Nullable String idempotencyKey) {}

    @Operation(summary = "Cancel what is left of an order")
    @ApiResponse(
            responseCode = "200",
            description = "cancelled",
            content = @Content(schema = @Schema(implementation = OrderAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the outcome is not known yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = CancelForm.class)))
    @PostMapping("/{id}/cancel")
    CompletableFuture<ResponseEntity<Object>> cancel(
            @PathVariable("id") String id,
            @RequestParam(required = false) @Nullable String instrument,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer)
            throws SQLException {
        return entry.change(
                cancelFields(id, body == null ? Form.none() : Form.of(body), idempotencyKey),
                Parameters.optional("instrument", instrument),
                prefer);
    }

    private static Map<String, String> cancelFields(String id, Form form, @Nullable String idempotencyKey) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", "CANCEL");
        fields.put("order_id", Parameters.required("id", id));
        put(fields, "client_id", form.text("client_id"));
        put(fields, "idempotency_key", Keys.read(form, idempotencyKey));
        form.refuseOthers();
        form.check();
        return fields;
    }

    /** What a replace may change; absent means unchanged. */
    @Schema(name = "ReplaceRequest")
    record ReplaceForm(
            @Nullable String price,
            @Nullable String quantity,
            @Nullable String stopPrice,
            @Nullable String displayQuantity,
            @Nullable String clientId,
            @Nullable String idempotencyKey) {}

    @Operation(summary = "Replace price or quantity of an order", description = "The quantity is the new total.")
    @ApiResponse(
            responseCode = "200",
            description = "replaced",
            content = @Content(schema = @Schema(implementation = OrderAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the outcome is not known yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ReplaceForm.class)))
    @PatchMapping("/{id}")
    CompletableFuture<ResponseEntity<Object>> replace(
            @PathVariable("id") String id,
            @RequestParam(required = false) @Nullable String instrument,
            @RequestBody JsonNode body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer)
            throws SQLException {
        Form form = Form.of(body);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", "REPLACE");
        fields.put("order_id", Parameters.required("id", id));
        put(fields, "client_id", form.text("client_id"));
        put(fields, "price", form.decimal("price"));
        put(fields, "quantity", form.decimal("quantity"));
        put(fields, "stop_price", form.decimal("stop_price"));
        put(fields, "display_quantity", form.decimal("display_quantity"));
        put(fields, "idempotency_key", Keys.read(form, idempotencyKey));
        form.refuseOthers();
        form.check();
        return entry.change(fields, Parameters.optional("instrument", instrument), prefer);
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    @Operation(summary = "One order", description = "Without instrument: the newest of that id.")
    @ApiResponse(
            responseCode = "200",
            description = "how it stands",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @GetMapping("/{id}")
    ResponseEntity<Object> order(
            @PathVariable("id") String id,
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        boolean awaited = desk.isAwaited(id, instrument);
        String readable = runs.readable(run);
        Optional<StoredOrder> found =
                find(readable, Parameters.required("id", id), Parameters.optional("instrument", instrument));
        if (found.isEmpty() && awaited && runs.currentIf(readable).isPresent()) {
            String here =
                    instrument == null ? "/api/v1/orders/" + Texts.encoded(id) : CommandDesk.orderUrl(id, instrument);
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .location(URI.create(here))
                    .body(PendingAnswer.of(true, here));
        }
        return ResponseEntity.ok(OrderView.from(found.orElseThrow(() -> OrderEntry.unknown(id))));
    }

    private Optional<StoredOrder> find(String run, String id, @Nullable String instrument) throws SQLException {
        if (instrument == null) {
            List<String> instruments = store.ask(connection -> OrderQuery.instrumentsWithLive(connection, run, id));
            if (instruments.size() > 1) {
                throw OrderEntry.ambiguous(id, instruments);
            }
        }
        return store.ask(connection -> OrderQuery.newest(connection, run, id, instrument));
    }

    /** One page of orders, newest first. */
    record OrdersView(
            String run, List<OrderView> orders, @Nullable String nextCursor) {}

    @Operation(summary = "Orders, newest first")
    @GetMapping
    OrdersView orders(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "order_id", required = false) @Nullable String orderId,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        OrderQuery.Filter filter = new OrderQuery.Filter(
                Parameters.optional("client_id", clientId),
                Parameters.optional("instrument", instrument),
                statusOf(status),
                Parameters.optional("order_id", orderId));
        String readable = runs.readable(run);
        Page<StoredOrder> page = store.ask(connection ->
                OrderQuery.list(connection, readable, filter, Cursors.read(cursor), Cursors.limit(limit)));
        return new OrdersView(
                readable, page.rows().stream().map(OrderView::from).toList(), Cursors.write(page.next()));
    }

    private static @Nullable String statusOf(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        for (OrdStatus status : OrdStatus.values()) {
            if (status.name().equalsIgnoreCase(word)) {
                return status.name();
            }
        }
        throw Problem.invalid("status", "status must be one of " + List.of(OrdStatus.values()));
    }

    /** One page of the executions of an order, oldest first. */
    record ExecutionsView(
            String run,
            String instrument,
            String orderId,
            List<ExecutionView> executions,
            @Nullable String nextCursor) {}

    @Operation(summary = "What happened to an order, oldest first")
    @GetMapping("/{id}/executions")
    ExecutionsView executions(
            @PathVariable("id") String id,
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        String readable = runs.readable(run);
        StoredOrder order = find(readable, Parameters.required("id", id), Parameters.optional("instrument", instrument))
                .orElseThrow(() -> OrderEntry.unknown(id));
        Page<StoredExecution> page = store.ask(connection -> ExecutionQuery.ofOrder(
                connection,
                readable,
                order.instrument(),
                id,
                order.sequence(),
                Cursors.read(cursor),
                Cursors.limit(limit)));
        return new ExecutionsView(
                readable,
                order.instrument(),
                id,
                page.rows().stream().map(ExecutionView::from).toList(),
                Cursors.write(page.next()));
    }
}
