package io.crossbook.testkit;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import java.util.function.Consumer;

/** Whatever turns an instrument's commands into events: the reference book, or the book that is compared with it. */
public interface MarketBook {
    void apply(MarketInput input, Consumer<? super MarketEvent> events);

    void finish(Consumer<? super MarketEvent> events);
}
