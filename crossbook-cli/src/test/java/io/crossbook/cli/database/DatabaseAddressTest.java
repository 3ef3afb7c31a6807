package io.crossbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.cli.console.UsageException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @Test
    void takesUserAndPasswordOutOfTheUrl() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgres://me:p%40ss+1@db:5432/books?sslmode=require", Map.of());
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/books?sslmode=require");
        assertThat(address.user()).isEqualTo("me");
        assertThat(address.password()).isEqualTo("p@ss+1");
        assertThat(address.toString()).doesNotContain("p@ss");
    }

    @Test
    void readsUserAndPasswordOfAJdbcUrlFromItsParameters() {
        DatabaseAddress address = DatabaseAddress.parse(
                "jdbc:postgresql://db/books?user=me&ssl=true&password=x", Map.of("PGUSER", "other"));
        assertThat(address).isEqualTo(new DatabaseAddress("jdbc:postgresql://db/books?ssl=true", "me", "x"));
    }

    @Test
    void takesUserAndPasswordFromTheEnvironmentOtherwise() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgresql://db/books", Map.of("PGUSER", "me", "PGPASSWORD", "x"));
        assertThat(address).isEqualTo(new DatabaseAddress("jdbc:postgresql://db/books", "me", "x"));
    }

    @Test
    void knowsTheWordsInsteadOfAnAddress() {
        assertThat(DatabaseChoice.parse("none", Map.of()).isNone()).isTrue();
        assertThat(DatabaseChoice.parse("embedded", Map.of()).kind()).isEqualTo(DatabaseChoice.Kind.EMBEDDED);
        assertThat(DatabaseChoice.parse("postgres://me@db/x", Map.of()).elsewhere())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:s3cret@db/x",
                "postgres://me:s3cret@db",
                "postgres://:s3cret@/x",
                "jdbc:oracle:x",
                "postgres://me:s3 cret@db/x"
            })
    void refusesOtherAddressesWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url, Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--db: expected")
                .hasMessageNotContaining("s3");
    }
}
