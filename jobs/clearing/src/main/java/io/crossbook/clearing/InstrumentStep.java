package io.crossbook.clearing;

import io.crossbook.store.clearing.ClearedInstrument;
import java.sql.Connection;
import java.sql.SQLException;

/** A step that is done instrument by instrument; done twice, it leaves the same. */
interface InstrumentStep {
    void clear(Connection connection, Day day, ClearedInstrument instrument) throws SQLException;
}
