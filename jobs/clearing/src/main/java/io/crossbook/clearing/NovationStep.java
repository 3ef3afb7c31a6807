package io.crossbook.clearing;

import io.crossbook.store.clearing.ClearedInstrument;
import io.crossbook.store.clearing.LegTable;
import java.sql.Connection;
import java.sql.SQLException;

/** Puts the clearing house between buyer and seller: each trade becomes two legs. */
final class NovationStep implements InstrumentStep {
    @Override
    public void clear(Connection connection, Day day, ClearedInstrument instrument) throws SQLException {
        LegTable.novate(connection, day.clearingNo(), instrument.instrument());
    }
}
