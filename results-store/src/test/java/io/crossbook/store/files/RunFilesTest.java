package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import io.crossbook.store.rows.TradeRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    @TempDir
    Path folder;

    @Test
    void everyFileHasItsHeaderAndItsRowsExactly() throws IOException {
        try (RunFiles files = new RunFiles(folder, true)) {
            files.append(Rows.trade("CL", 1));
            files.append(Rows.order("CL", "o1"));
            files.append(Rows.realized("CL", 1));
            files.append(Rows.lot("c", "CL", 1));
            files.append(Rows.position("c", "CL"));
            files.append(Rows.level("CL", Side.BUY, 1, "99.5"));
            files.append(Rows.execution("CL", 7, 1));
            files.append(Rows.unreadable(0, "a.csv", 3, "1,2\\xFF"));
            files.append(Rows.refused("CL", 7));
            files.commit();
        }
        assertFile(
                "trades.csv",
                "instrument,trade_no,trade_id,sequence,timestamp,price,quantity,aggressor_side,maker_order_id,taker_order_id,buy_order_id,sell_order_id,buy_client_id,sell_client_id",
                "CL,1,CL-1,2,2024-02-29T23:59:59.000000008Z,100.5,3,BUY,s1,b1,b1,s1,buyer,seller");
        assertFile(
                "orders.csv",
                "instrument,order_id,sequence,client_id,side,type,tif,price,quantity,filled_quantity,leaves_quantity,average_price,status,reason,entered_at,updated_at",
                "CL,o1,1,c,SELL,STOP,DAY,,10,4,0,1.000000000001,CANCELLED,IMMEDIATE_REMAINDER,2024-02-29T23:59:59.000000007Z,2024-02-29T23:59:59.000000008Z");
        assertFile(
                "realized.csv",
                "instrument,realized_no,client_id,opening_trade_id,closing_trade_id,side,quantity,open_price,close_price,pnl,timestamp",
                "CL,1,c,CL-1,CL-2,BUY,1,10,9.5,-0.5,2024-02-29T23:59:59.000000007Z");
        assertFile(
                "lots.csv",
                "client_id,instrument,lot_no,trade_id,side,quantity,price,opened_at",
                "c,CL,1,CL-1,SELL,2,3,2024-02-29T23:59:59.000000007Z");
        assertFile(
                "positions.csv",
                "client_id,instrument,net_quantity,average_price,realized_pnl,mark_price,unrealized_pnl,fees,net_pnl",
                "c,CL,-2,3,0,,,-0.01,");
        assertFile("book.csv", "instrument,side,level,price,quantity,hidden_quantity,orders", "CL,BUY,1,99.5,5,15,2");
        assertFile(
                "executions.csv",
                "instrument,sequence,event_no,timestamp,exec_type,order_id,ord_status,last_price,last_quantity,leaves_quantity,reason",
                "CL,7,1,2024-02-29T23:59:59.000000007Z,REJECTED,o1,,,,,UNKNOWN_ORDER");
        assertFile(
                "rejects.csv",
                "file,line,instrument,sequence,order_id,code,message,raw",
                "a.csv,3,,,,NOT_A_NUMBER,no number,\"1,2\\xFF\"",
                "z.csv,9,CL,7,o1,OFF_TICK,\"off \"\"tick\"\", sorry\",raw");
    }

    private void assertFile(String name, String... lines) throws IOException {
        assertThat(Files.readString(folder.resolve(name))).isEqualTo(String.join("\n", lines) + "\n");
    }

    @Test
    void hostileTextIsQuotedOnlyWhereItMustBeAndReadBackAsItWas() throws IOException {
        String hostile = "a\"b,c";
        String plain = " é€😀;'\t|";
        try (RunFiles files = new RunFiles(folder, false)) {
            files.append(trade(hostile, plain, "line\nend", "\"\""));
            files.commit();
        }
        assertThat(Files.readString(folder.resolve("trades.csv")))
                .endsWith(
                        "\n\"a\"\"b,c\",1,t,1,1970-01-01T00:00:00.000000000Z,1,1,,,, é€😀;'\t|,\"line\nend\",\"\"\"\"\"\",c\n");
        try (RunFileReader row = RunFileReader.open(folder, RunFile.TRADES)) {
            assertThat(row.next()).isTrue();
            assertThat(row.text(0)).isEqualTo(hostile);
            assertThat(row.text(10)).isEqualTo(plain);
            assertThat(row.text(11)).isEqualTo("line\nend");
            assertThat(row.text(12)).isEqualTo("\"\"");
            assertThat(row.next()).isFalse();
        }
    }

    private static TradeRow trade(String instrument, String buyOrder, String sellOrder, String buyer) {
        return new TradeRow(
                instrument, 1, "t", 1, 0, Decimal.ONE, Decimal.ONE, null, null, null, buyOrder, sellOrder, buyer, "c");
    }

    @Test
    void textAndTimesAreEncodedAsTheJavaLibraryDoes() {
        long seed = 20240229;
        Random random = new Random(seed);
        CsvLines lines = new CsvLines();
        for (int step = 0; step < 20_000; step++) {
            String text = randomText(random);
            long time = random.nextLong() >>> random.nextInt(20);
            lines.clear();
            lines.text(text).time(time).endRow();
            String expected = text + "," + Timestamps.format(time) + "\n";
            assertThat(java.util.Arrays.copyOf(lines.array(), lines.length()))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Any code units but those that need quotes, with broken surrogate pairs among them. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            char c = (char)
                    switch (random.nextInt(4)) {
                        case 0 -> 'a' + random.nextInt(26);
                        case 1 -> 0x80 + random.nextInt(0x1000);
                        case 2 -> 0xD800 + random.nextInt(0x800);
                        default -> 0x800 + random.nextInt(0xF000);
                    };
            text.append(c);
        }
        return text.toString();
    }

    @Test
    void decimalsOfAnyLengthAreReadBackAsTheyWere() throws IOException {
        String[] numbers = {
            "0",
            "-1",
            "0.000000000000000001",
            "-0.5",
            "999999999999999999",
            "-9223372036854775808",
            "123456789012345678.123456789012345678",
            "1234567890123456.7",
            "100000000000000000000"
        };
        try (RunFiles files = new RunFiles(folder, false)) {
            for (String number : numbers) {
                files.append(Rows.level("CL", Side.BUY, 1, number));
            }
            files.commit();
        }
        try (RunFileReader row = RunFileReader.open(folder, RunFile.BOOK)) {
            for (String number : numbers) {
                assertThat(row.next()).isTrue();
                assertThat(row.decimal(3)).isEqualTo(Decimal.parse(number));
            }
        }
    }

    @Test
    void whatIsNoDecimalIsRefusedWithItsPlace() throws IOException {
        for (String text : new String[] {"", "-", ".5", "5.", "1e5", "1.2.3", "--1", "+1"}) {
            Files.writeString(folder.resolve("book.csv"), RunFile.BOOK.header() + "\nCL,BUY,1," + text + ",1,0,1\n");
            try (RunFileReader row = RunFileReader.open(folder, RunFile.BOOK)) {
                assertThat(row.next()).isTrue();
                assertThatIOException()
                        .as(text)
                        .isThrownBy(() -> row.decimal(3))
                        .withMessageContaining("book.csv:2: field 4 must be a decimal, was \"" + text + "\"");
            }
        }
    }

    @Test
    void filesWithoutRowsHaveTheirHeader() throws IOException {
        try (RunFiles files = new RunFiles(folder, false)) {
            files.commit();
        }
        assertThat(Files.readString(folder.resolve("lots.csv")))
                .isEqualTo("client_id,instrument,lot_no,trade_id,side,quantity,price,opened_at\n");
        assertThat(folder.resolve("executions.csv")).doesNotExist();
    }

    @Test
    void filesThatAreNotCommittedLeaveNothingAndKeepOlderOnes() throws IOException {
        Files.writeString(folder.resolve("trades.csv"), "older");
        try (RunFiles files = new RunFiles(folder, true)) {
            files.append(Rows.trade("CL", 1));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("trades.csv"));
        }
        assertThat(Files.readString(folder.resolve("trades.csv"))).isEqualTo("older");
    }

    @Test
    void anExecutionForFilesWithoutExecutionsIsRefused() throws IOException {
        try (RunFiles files = new RunFiles(folder, false)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> files.append(Rows.execution("CL", 1, 1)))
                    .withMessageContaining("executions.csv");
        }
    }
}
