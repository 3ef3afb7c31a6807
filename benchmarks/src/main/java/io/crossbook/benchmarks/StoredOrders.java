package io.crossbook.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** Prints how many orders of run {@code live} are stored: the address; the password comes by environment. */
public final class StoredOrders {
    private StoredOrders() {}

    public static void main(String[] args) throws Exception {
        try (Connection connection = DriverManager.getConnection(args[0], "crossbook", System.getenv("PGPASSWORD"));
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT count(*) FROM orders WHERE run_id = 'live'")) {
            answer.next();
            System.out.println(answer.getLong(1));
        }
    }
}
