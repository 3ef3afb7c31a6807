package io.crossbook.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.crossbook.store.clearing.ClearingChecks;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fault for each invariant, planted into a clearing that has come as far as the gate: the gate finds it, says what it is in
 * figures, and nothing is published. A fault is planted so that it breaks the one invariant alone wherever that can be: rows
 * that hang together are made wrong together.
 */
class ClearingFaultsIT {
    private static ClearingDatabase atTheGate;
    private static TwoDays days;
    private static Path folder;

    /**
     * What is wrong with clearing 3, see {@link TwoDays}.
     *
     * @param check the invariant that it is there for
     * @param sql what plants it
     * @param breaks all that it breaks, as told
     */
    record Fault(String check, String sql, List<String> breaks) {
        Fault(String check, String sql, String... breaks) {
            this(check, sql, List.of(breaks));
        }

        @Override
        public String toString() {
            return check;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                // A correction that counts, but came after the trade was novated.
                new Fault(
                        "legs_of_trades",
                        """
                        INSERT INTO trade_corrections
                        SELECT run_id, trade_id, 2, instrument, sequence, trade_no, action, 49.25, 3, reason, clearing_no
                        FROM trade_corrections;
                        INSERT INTO clearing_corrections
                        SELECT clearing_no, trade_id, 2, brought_by FROM clearing_corrections""",
                        "legs_of_trades: COR-1 is 2 legs, A bought 1, B sold 1, at 49.5, not 3 at 49.25 from B to A"),
                new Fault(
                        "positions_sum_to_zero",
                        """
                        INSERT INTO clearing_positions VALUES (1, 'COR', 'D', 0, 1, 50.50, 1, -0.505),
                                                              (3, 'COR', 'D', 1, 0, 0, 1, -0.505);
                        INSERT INTO clearing_lots VALUES (3, 'COR', 'D', 1, 'COR-0', 'BUY', 1, 50.50, 0);
                        INSERT INTO clearing_pnl VALUES (3, 'COR', 'D', 0, 0, 0)""",
                        "positions_sum_to_zero: COR is 1, not 0",
                        "stream_lots: COR D COR-0 is BUY 1, not no lot"),
                new Fault(
                        "positions_roll",
                        """
                        UPDATE clearing_positions SET close_quantity = close_quantity + CASE member WHEN 'A' THEN 1 ELSE -1 END
                        WHERE clearing_no = 3 AND instrument = 'COR' AND member IN ('A', 'C');
                        UPDATE clearing_lots SET quantity = 2
                        WHERE clearing_no = 3 AND instrument = 'COR' AND member = 'A';
                        DELETE FROM clearing_lots
                        WHERE clearing_no = 3 AND instrument = 'COR' AND member = 'C';
                        UPDATE clearing_pnl SET unrealized_pnl = unrealized_pnl + CASE member WHEN 'A' THEN 0.505 ELSE -0.505 END
                        WHERE clearing_no = 3 AND instrument = 'COR' AND member IN ('A', 'C')""",
                        "positions_roll: COR A is 2, not 1",
                        "positions_roll: COR C is 0, not 1",
                        "stream_lots: COR A as corrected COR-1 is BUY 2, not BUY 1",
                        "stream_lots: COR C COR-2 is no lot, not BUY 1"),
                new Fault("opening_is_previous_closing", """
                        UPDATE clearing_positions SET close_quantity = close_quantity + 1
                        WHERE clearing_no = 1 AND instrument = 'EQU' AND member = 'A'""", "opening_is_previous_closing: EQU A is 100, not 101"),
                new Fault(
                        "opening_is_previous_closing",
                        "UPDATE clearing_runs SET official = false WHERE clearing_no = 1",
                        "opening_is_previous_closing: previous clearing of week is 2025-03-03 run 1, not none that is official"),
                new Fault(
                        "price_for_each_position",
                        """
                        UPDATE clearing_instruments SET tick_size = 0.5 WHERE clearing_no = 3 AND instrument = 'FUT'""",
                        "price_for_each_position: FUT is 102.25, not one price, a multiple of 0.5"),
                // What has no price has no value either.
                new Fault(
                        "price_for_each_position",
                        """
                        DELETE FROM settlement_prices WHERE clearing_no = 3 AND instrument = 'EQU'""",
                        "price_for_each_position: EQU is none, not one price, a multiple of 0.01",
                        "profit_identity: EQU A is 200 on cash of -1120, not -1120.00 on cash of -1120.00",
                        "profit_identity: EQU B is -140 on cash of 740, not 740 on cash of 740",
                        "profit_identity: EQU C is -60 on cash of 380, not 380.00 on cash of 380.00"),
                new Fault(
                        "variation_recomputed",
                        """
                        UPDATE variation_margins SET amount = amount + CASE member WHEN 'A' THEN 0.001 ELSE -0.001 END
                        WHERE clearing_no = 3 AND instrument = 'FUT' AND member IN ('A', 'B')""",
                        "variation_recomputed: FUT A is 142.501, not 142.50",
                        "variation_recomputed: FUT B is -112.501, not -112.50"),
                new Fault(
                        "variation_sums_to_zero",
                        """
                        UPDATE variation_margins SET currency = 'EUR'
                        WHERE clearing_no = 3 AND instrument = 'FUT' AND member = 'A'""",
                        "variation_sums_to_zero: EUR FUT is 142.5, not 0",
                        "variation_sums_to_zero: USD FUT is -142.5, not 0"),
                new Fault(
                        "obligations_are_net_of_legs",
                        """
                        UPDATE obligations SET cash = cash + CASE member WHEN 'A' THEN 1 ELSE -1 END
                        WHERE clearing_no = 3 AND settlement_date = '2025-03-05' AND member IN ('A', 'B')""",
                        "obligations_are_net_of_legs: EQU 2025-03-05 A is -25 against 551.00, not -25 against 550.00",
                        "obligations_are_net_of_legs: EQU 2025-03-05 B is -15 against 329, not -15 against 330"),
                new Fault(
                        "obligations_sum_to_zero",
                        """
                        UPDATE obligations SET cash = cash - 1
                        WHERE clearing_no IN (1, 3) AND settlement_date = '2025-03-04' AND member = 'A'""",
                        "obligations_sum_to_zero: EQU 2025-03-04 is 0 against -1.00, not 0 against 0"),
                new Fault(
                        "lots_add_up",
                        """
                        UPDATE clearing_lots SET quantity = 2
                        WHERE clearing_no = 3 AND instrument = 'COR' AND member = 'A'""",
                        "lots_add_up: COR A is 2 in lots of BUY, not 1",
                        "stream_lots: COR A as corrected COR-1 is BUY 2, not BUY 1"),
                new Fault(
                        "profit_identity",
                        "INSERT INTO clearing_pnl VALUES (3, 'COR', 'D', 0, 0, 0)",
                        "profit_identity: COR D is 0 on cash of no position, not nothing"),
                new Fault(
                        "profit_identity",
                        """
                        UPDATE clearing_pnl SET unrealized_pnl = unrealized_pnl + 0.001
                        WHERE clearing_no = 3 AND instrument = 'EQU' AND member = 'C'""",
                        "profit_identity: EQU C is -59.999 on cash of 380, not -60.00 on cash of 380.00"),
                new Fault("posted_once", """
                        INSERT INTO journal SELECT clearing_no, txn, leg + 2, account, currency, amount, reference
                        FROM journal WHERE clearing_no = 3 AND txn = 'VM:FUT:A';
                        UPDATE balances SET closing = closing + CASE account WHEN 'house' THEN -142.5 ELSE 142.5 END
                        WHERE clearing_no = 3 AND account IN ('house', 'member:A:cash') AND currency = 'USD'""", "posted_once: VM:FUT:A is 2 of 285.0 USD, not one of 142.50 USD"),
                new Fault("posted_once", """
                        ALTER TABLE journal DISABLE TRIGGER USER;
                        DELETE FROM journal WHERE clearing_no = 3 AND txn = 'DVP:EQU:2025-03-04:B';
                        UPDATE balances SET closing = closing + CASE account WHEN 'house' THEN 410 ELSE -410 END
                        WHERE clearing_no = 3 AND account IN ('house', 'member:B:cash') AND currency = 'EUR'""", "posted_once: DVP:EQU:2025-03-04:B is no posting, not one of 410.00 EUR"),
                new Fault("posted_once", """
                        ALTER TABLE journal DISABLE TRIGGER USER;
                        UPDATE journal SET amount = amount * 2 WHERE clearing_no = 3 AND txn = 'FEE:USD:C';
                        UPDATE balances SET closing = closing + CASE account WHEN 'house:fees' THEN 0.51 ELSE -0.51 END
                        WHERE clearing_no = 3 AND account IN ('house:fees', 'member:C:cash') AND currency = 'USD'""", "posted_once: FEE:USD:C is 1 of -1.02 USD, not one of -0.51 USD"),
                new Fault(
                        "journal_balances",
                        """
                        ALTER TABLE journal DISABLE TRIGGER USER;
                        UPDATE journal SET amount = amount + CASE txn WHEN 'VM:FUT:A' THEN 0.01 ELSE -0.01 END
                        WHERE clearing_no = 3 AND txn IN ('VM:FUT:A', 'VM:FUT:B') AND account = 'house'""",
                        "journal_balances: VM:FUT:A is 2 legs in USD that sum to 0.01, not two legs or more of one currency that sum to 0",
                        "journal_balances: VM:FUT:B is 2 legs in USD that sum to -0.01, not two legs or more of one currency that sum to 0"),
                new Fault(
                        "balances_roll",
                        """
                        UPDATE balances SET closing = closing + CASE account WHEN 'member:B:cash' THEN 0.01 ELSE -0.01 END
                        WHERE clearing_no = 3 AND account IN ('member:A:cash', 'member:B:cash') AND currency = 'USD'""",
                        "balances_roll: member:A:cash USD is -6.5 to 135.59, not -6.5 to 135.60",
                        "balances_roll: member:B:cash USD is -0.5 to -113.62, not -0.5 to -113.63"),
                new Fault("trial_balance", """
                        UPDATE balances SET opening = opening + CASE clearing_no WHEN 3 THEN 0.01 ELSE 0 END,
                                            closing = closing + 0.01
                        WHERE clearing_no IN (1, 3) AND account = 'house' AND currency = 'USD'""", "trial_balance: USD is 0.01 to 0.01, not 0 to 0"),
                new Fault(
                        "reversals_net_to_zero",
                        """
                        ALTER TABLE journal DISABLE TRIGGER USER;
                        DELETE FROM journal WHERE clearing_no = 3 AND txn = 'REVERSAL:VM:FUT:A';
                        UPDATE balances SET closing = closing + CASE account WHEN 'house' THEN -142.5 ELSE 142.5 END
                        WHERE clearing_no = 3 AND account IN ('house', 'member:A:cash') AND currency = 'USD'""",
                        "reversals_net_to_zero: house USD is -142.50, not 0",
                        "reversals_net_to_zero: member:A:cash USD is 142.50, not 0"),
                new Fault(
                        "one_official",
                        """
                        ALTER TABLE clearing_runs DROP CONSTRAINT clearing_runs_run_id_business_date_excl;
                        INSERT INTO clearing_runs (run_id, business_date, run_no, state, what_if, official, inputs, started_at,
                                                   heartbeat_at)
                        VALUES ('week', '2025-03-03', 2, 'COMPLETED', false, true, '{}', 0, 0)""",
                        "one_official: week 2025-03-03 is 2 official clearings, not one official clearing"),
                // What takes back postings that nobody made shows in the journal, too.
                new Fault(
                        "one_official",
                        "UPDATE clearing_runs SET supersedes_no = NULL WHERE clearing_no = 3",
                        "one_official: week 2025-03-04 is replaces none, not replaces run 1",
                        "reversals_net_to_zero: house:fees USD is -1.53, not 0",
                        "reversals_net_to_zero: house:rounding USD is -0.01, not 0",
                        "reversals_net_to_zero: member:A:cash EUR is 1670, not 0",
                        "reversals_net_to_zero: member:A:cash USD is -142.09, not 0",
                        "reversals_net_to_zero: member:B:cash EUR is -410, not 0",
                        "reversals_net_to_zero: member:B:cash USD is 113.12, not 0",
                        "reversals_net_to_zero: member:C:cash EUR is -1260, not 0",
                        "reversals_net_to_zero: member:C:cash USD is -14.49, not 0",
                        "reversals_net_to_zero: member:external:cash USD is 45, not 0"),
                new Fault("stream_profit", """
                        UPDATE realized_pnl SET pnl = 30.001 WHERE instrument = 'FUT' AND realized_no = 1""", "stream_profit: FUT A is 30, not 30.001"),
                // Of those whose trades were corrected: no correction explains this.
                new Fault("stream_profit", """
                        UPDATE clearing_pnl SET realized_in_all = 0.005, unrealized_pnl = unrealized_pnl - 0.005
                        WHERE clearing_no = 3 AND instrument = 'COR' AND member = 'A'""", "stream_profit: COR A as corrected is 0.005, not 0"),
                new Fault("stream_profit", """
                        INSERT INTO realized_pnl (run_id, instrument, realized_no, client_id, opening_trade_id, closing_trade_id,
                                                  side, quantity, open_price, close_price, pnl, timestamp, sequence)
                        VALUES ('week', 'COR', 1, 'B', 'COR-1', 'COR-2', 'SELL', 0, 50.00, 51.00, -0.01, 0, 20)""", "stream_profit: COR B as traded is -0.01, not 0"),
                new Fault(
                        "stream_lots",
                        """
                        UPDATE realized_pnl SET quantity = 1 WHERE instrument = 'FUT' AND realized_no = 1""",
                        "stream_lots: FUT A FUT-1 is BUY 3, not BUY 4",
                        "stream_lots: FUT A FUT-2 is no lot, not SELL 1"));
    }

    @BeforeAll
    static void clearAsFarAsTheGate() throws Exception {
        folder = TwoDays.newFolder("faults");
        atTheGate = ClearingDatabase.create("at_the_gate");
        days = TwoDays.cleared(atTheGate, folder);
        atTheGate.execute("""
                CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'stopped at the gate';
                END $$;
                CREATE TRIGGER stop_here BEFORE INSERT ON clearing_checks FOR EACH ROW EXECUTE FUNCTION stop_here()""");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> TwoDays.clear(days.again(atTheGate, folder.resolve("again"))))
                .withMessageContaining("stopped at the gate");
        atTheGate.execute("DROP FUNCTION stop_here CASCADE");
    }

    @AfterAll
    static void stop() throws Exception {
        atTheGate.close();
    }

    @Test
    void whatIsSoundPassesTheGateAndIsOfficial() throws Exception {
        try (ClearingDatabase sound = atTheGate.copy("sound")) {
            TwoDays.clear(days.recover(sound, folder.resolve("sound")));
            assertThat(sound.ask("SELECT name, breaks FROM clearing_checks WHERE clearing_no = 3"))
                    .containsExactlyInAnyOrderElementsOf(
                            GateStep.queries().stream().map(name -> name + "|0").toList());
            assertThat(sound.ask("SELECT clearing_no, state, official FROM clearing_runs ORDER BY clearing_no"))
                    .containsExactly("1|COMPLETED|t", "2|COMPLETED|f", "3|COMPLETED|t");
            assertThat(sound.ask("""
                    SELECT instrument, member, amount FROM variation_margins
                    WHERE clearing_no = 3 AND instrument < 'M' ORDER BY instrument, member"""))
                    .containsExactly(
                            "COR|A|0.01",
                            "COR|B|-0.015",
                            "COR|C|0.005",
                            "FUT|A|142.5",
                            "FUT|B|-112.5",
                            "FUT|C|15",
                            "FUT|external|-45");
        }
    }

    @Test
    void eachInvariantHasItsFault() {
        assertThat(faults().map(Fault::check).distinct()).containsExactlyElementsOf(GateStep.queries());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isCaughtAtTheGate(Fault fault) throws Exception {
        Path out = folder.resolve(fault.check());
        try (ClearingDatabase faulty = atTheGate.copy("faulty")) {
            faulty.execute(fault.sql());
            assertThatExceptionOfType(GateException.class)
                    .isThrownBy(() -> TwoDays.clear(days.recover(faulty, out)))
                    .withMessageContaining(fault.check().replace('_', ' ') + " (");
            // Where the gate finds one, the comparison with the stream is not come to.
            assertThat(broken(faulty)).isNotEmpty().isSubsetOf(fault.breaks());
            assertThat(faulty.ask("SELECT state, official FROM clearing_runs WHERE clearing_no = 3"))
                    .containsExactly("FAILED|f");
            assertThat(faulty.ask(
                            "SELECT clearing_no FROM clearing_runs WHERE business_date = '2025-03-04' AND official"))
                    .containsExactly("2");
            assertThat(out).doesNotExist();

            try (Connection connection = faulty.connect()) {
                for (String check : GateStep.queries()) {
                    ClearingChecks.forget(connection, 3, check);
                    ClearingChecks.run(connection, 3, check);
                }
            }
            assertThat(broken(faulty)).as("all checks").containsExactlyInAnyOrderElementsOf(fault.breaks());
        }
    }

    private static List<String> broken(ClearingDatabase faulty) throws Exception {
        return faulty.ask("""
                SELECT name || ': ' || subject || ' is ' || coalesce(found, 'nothing') || ', not ' || coalesce(expected, 'nothing')
                FROM clearing_breaks WHERE clearing_no = 3 ORDER BY name, break_no""");
    }
}
