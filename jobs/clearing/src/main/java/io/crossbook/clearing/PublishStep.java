package io.crossbook.clearing;

import io.crossbook.store.clearing.ClearingRunTable;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes the clearing the official one of its date, in one statement; one that is only tried out stays what it is. */
final class PublishStep implements DayStep {
    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        ClearingRunTable.publish(connection, day.clearingNo());
    }
}
