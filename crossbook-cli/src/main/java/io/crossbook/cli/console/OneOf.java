package io.crossbook.cli.console;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A word of a closed list, in any case, parted by dashes or underscores; a slip is answered with the nearest right word. */
public abstract class OneOf implements ITypeConverter<String> {
    private final List<String> words;

    protected OneOf(String... words) {
        this.words = List.of(words);
    }

    @Override
    public final String convert(String value) {
        String word = value.toLowerCase(Locale.ROOT).replace('_', '-');
        if (words.contains(word)) {
            return word;
        }
        throw new TypeConversionException("expected one of " + String.join(", ", words) + ", was \"" + value + "\""
                + NearestWord.hint(value, words));
    }
}
