package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a LOBSTER message file says of NASDAQ's own executions, read without the product's decoder. */
public final class LobsterTruth {
    /** A line of the file; {@code price} in 1/10000 dollar, {@code direction} 1 for a resting buy order. */
    public record Message(long line, String time, int type, String orderId, long size, long price, int direction) {
        boolean follows(Message execution) {
            return type == 4 && direction == execution.direction && time.equals(execution.time);
        }
    }

    public record Fill(String orderId, Decimal quantity, Decimal price) {}

    /** The fills of one aggressor, named as the decoder names it. */
    public record Group(String aggressorOrderId, List<Fill> fills) {}

    private LobsterTruth() {}

    public static List<Message> messages(Path gzip) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (String line : RealData.lines(gzip)) {
            String[] field = line.split(",");
            messages.add(new Message(
                    messages.size() + 1L,
                    field[0],
                    Integer.parseInt(field[1]),
                    field[2],
                    Long.parseLong(field[3]),
                    Long.parseLong(field[4]),
                    Integer.parseInt(field[5])));
        }
        return messages;
    }

    /** Executions of visible orders in a row with the same time and side; hidden executions may lie between. */
    public static List<Group> groups(List<Message> messages) {
        List<Group> groups = new ArrayList<>();
        List<Message> visible =
                messages.stream().filter(message -> message.type() != 5).toList();
        for (int i = 0; i < visible.size(); ) {
            Message first = visible.get(i);
            if (first.type() != 4) {
                i++;
                continue;
            }
            List<Fill> fills = new ArrayList<>();
            while (i < visible.size() && visible.get(i).follows(first)) {
                Message fill = visible.get(i++);
                fills.add(new Fill(fill.orderId(), Decimal.of(fill.size()), Decimal.of(fill.price(), 4)));
            }
            groups.add(new Group("aggressor-" + first.line(), fills));
        }
        return groups;
    }
}
