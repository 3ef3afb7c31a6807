package io.crossbook.cli.console;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address such as {@code jobmanager:8081}. */
public final class HostAndPort implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
        try {
            URI address = new URI("http://" + value);
            if (address.getHost() != null && address.getPort() > 0 && value.equals(address.getRawAuthority())) {
                return value;
            }
        } catch (URISyntaxException malformed) {
            // Told below.
        }
        throw new TypeConversionException("expected HOST:PORT such as jobmanager:8081, was \"" + value + "\"");
    }
}
