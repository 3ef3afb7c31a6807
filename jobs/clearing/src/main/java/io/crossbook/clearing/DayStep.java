package io.crossbook.clearing;

import java.sql.Connection;
import java.sql.SQLException;

/** A step that is done at once, in one transaction; done twice, it leaves the same. */
interface DayStep {
    void clear(Connection connection, Day day) throws SQLException;
}
