package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;

/** The engines that are compared. */
public enum Engine {
    CROSSBOOK {
        @Override
        MeasuredBooks books(FlowCommands flow, int instruments) {
            return new CrossbookBooks(instruments, true);
        }
    },
    /** Ours with ids that nobody counts, such as UUIDs. */
    CROSSBOOK_RANDOM_IDS {
        @Override
        MeasuredBooks books(FlowCommands flow, int instruments) {
            return new CrossbookBooks(flow, instruments, id -> id + "-uncounted");
        }
    },
    /** Ours with {@code --order-ids live}, which forgets the ids of ended orders as the others do. */
    CROSSBOOK_LIVE_IDS {
        @Override
        MeasuredBooks books(FlowCommands flow, int instruments) {
            return new CrossbookBooks(instruments, false);
        }
    },
    EXCHANGE_CORE {
        @Override
        MeasuredBooks books(FlowCommands flow, int instruments) {
            return new ExchangeCoreBooks(instruments);
        }
    },
    TEXTBOOK {
        @Override
        MeasuredBooks books(FlowCommands flow, int instruments) {
            return new TextbookBooks(instruments);
        }
    };

    /** Empty books, one for each instrument of the flow. */
    abstract MeasuredBooks books(FlowCommands flow, int instruments);
}
