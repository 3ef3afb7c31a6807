package io.crossbook.store.files;

import io.crossbook.store.rows.BookRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FileRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CSV files of a run with their columns, in the order of the columns. */
public enum RunFile {
    TRADES(
            "trades.csv",
            TradeRow.class,
            "instrument,trade_no,trade_id,sequence,timestamp,price,quantity,aggressor_side,maker_order_id,"
                    + "taker_order_id,buy_order_id,sell_order_id,buy_client_id,sell_client_id"),
    ORDERS(
            "orders.csv",
            OrderRow.class,
            "instrument,order_id,sequence,client_id,side,type,tif,price,quantity,filled_quantity,leaves_quantity,"
                    + "average_price,status,reason,entered_at,updated_at"),
    REALIZED(
            "realized.csv",
            RealizedRow.class,
            "instrument,realized_no,client_id,opening_trade_id,closing_trade_id,side,quantity,open_price,close_price,"
                    + "pnl,timestamp"),
    LOTS("lots.csv", LotRow.class, "client_id,instrument,lot_no,trade_id,side,quantity,price,opened_at"),
    POSITIONS(
            "positions.csv",
            PositionRow.class,
            "client_id,instrument,net_quantity,average_price,realized_pnl,mark_price,unrealized_pnl,fees,net_pnl"),
    BOOK("book.csv", BookRow.class, "instrument,side,level,price,quantity,hidden_quantity,orders"),
    EXECUTIONS(
            "executions.csv",
            ExecutionRow.class,
            "instrument,sequence,event_no,timestamp,exec_type,order_id,ord_status,last_price,last_quantity,"
                    + "leaves_quantity,reason"),
    REJECTS("rejects.csv", RejectRow.class, "file,line,instrument,sequence,order_id,code,message,raw"),
    /** Feeds the report and is no part of a run's folder. */
    PNL_SNAPSHOTS(
            "pnl_snapshots.csv",
            PnlSnapshotRow.class,
            "client_id,instrument,time,net_quantity,average_price,realized_pnl,mark_price,unrealized_pnl,fees,net_pnl"),
    /** External fills as they were booked: feeds the checks and is no part of a run's folder. Times are nanoseconds. */
    FILLS(
            "fills.csv",
            FillRow.class,
            "instrument,sequence,timestamp,trade_id,client_id,side,price,quantity,fee,order_id");

    /** What a run keeps for itself, apart from its folder. */
    static final List<RunFile> INTERNAL = List.of(PNL_SNAPSHOTS, FILLS);

    private static final Map<Class<?>, RunFile> BY_ROW =
            Stream.of(values()).collect(Collectors.toMap(file -> file.row, file -> file));

    private final String fileName;
    private final Class<? extends FileRow> row;
    private final String header;
    private final List<String> columns;

    RunFile(String fileName, Class<? extends FileRow> row, String header) {
        this.fileName = fileName;
        this.row = row;
        this.header = header;
        this.columns = List.of(header.split(","));
    }

    /** The file that a row belongs to. */
    static RunFile of(FileRow row) {
        return Objects.requireNonNull(BY_ROW.get(row.getClass()), "a row that has no file");
    }

    public String fileName() {
        return fileName;
    }

    /** The first line, without its end. */
    public String header() {
        return header;
    }

    public List<String> columns() {
        return columns;
    }

    /** The number of a column, from 0. */
    public int column(String name) {
        int column = columns().indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException(fileName + " has no column " + name);
        }
        return column;
    }

    /** The files of a run's folder. */
    static List<RunFile> ofFolder(boolean executions) {
        return List.of(values()).stream()
                .filter(file -> !INTERNAL.contains(file) && (executions || file != EXECUTIONS))
                .toList();
    }
}
