-- The results of runs. Column words are those of the files of a run; times are nanoseconds since 1970 UTC, since Postgres
-- keeps microseconds only; money, prices and quantities are numeric; text sorts by its UTF-8 bytes (COLLATE "C").
--
-- Tables that grow with the input are partitioned by run. Each run gets its partitions when it starts and their keys when
-- it ends, because building a key over finished rows costs half of keeping it up while they are loaded. A run's rows go
-- with its partitions, without a DELETE.

CREATE TABLE runs (
    run_id           text COLLATE "C" PRIMARY KEY,
    run_no           integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    mode             text COLLATE "C" NOT NULL,
    version          text COLLATE "C" NOT NULL,
    config           jsonb   NOT NULL,
    keeps_executions boolean NOT NULL,
    state            text COLLATE "C" NOT NULL CHECK (state IN ('RUNNING', 'FINISHED', 'FAILED')),
    started_at       bigint  NOT NULL,
    ended_at         bigint,
    failure          text,
    hash             text COLLATE "C",
    input_rows       bigint,
    accepted         bigint,
    rejected         bigint,
    duplicate        bigint,
    trades           bigint,
    first_timestamp  bigint,
    last_timestamp   bigint,
    summary          json
);
COMMENT ON COLUMN runs.run_no IS 'names the partitions of the run: trades_r1, orders_r1, ...';
COMMENT ON COLUMN runs.summary IS 'run.json as it was written; json and not jsonb, which would change the order of its keys';

CREATE TABLE instruments (
    run_id          text COLLATE "C" NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    kind            text COLLATE "C" NOT NULL,
    currency        text COLLATE "C" NOT NULL,
    tick_size       numeric NOT NULL,
    lot_size        numeric NOT NULL,
    multiplier      numeric NOT NULL,
    maker_fee_bps   numeric NOT NULL,
    taker_fee_bps   numeric NOT NULL,
    min_price       numeric,
    max_price       numeric,
    min_quantity    numeric,
    max_quantity    numeric,
    price_band_bps  numeric,
    reference_price numeric,
    allow_short     boolean NOT NULL,
    expiry          date,
    calendar        text COLLATE "C",
    settlement_days integer,
    PRIMARY KEY (run_id, instrument)
);

CREATE TABLE run_progress (
    run_id        text COLLATE "C" NOT NULL,
    instrument    text COLLATE "C" NOT NULL,
    sequence      bigint NOT NULL,
    trade_no      bigint NOT NULL,
    checkpoint_id bigint NOT NULL,
    PRIMARY KEY (run_id, instrument)
);

CREATE TABLE trades (
    run_id         text COLLATE "C" NOT NULL,
    instrument     text COLLATE "C" NOT NULL,
    trade_no       bigint  NOT NULL,
    trade_id       text COLLATE "C" NOT NULL,
    sequence       bigint  NOT NULL,
    timestamp      bigint  NOT NULL,
    price          numeric NOT NULL,
    quantity       numeric NOT NULL,
    aggressor_side text COLLATE "C",
    maker_order_id text COLLATE "C",
    taker_order_id text COLLATE "C",
    buy_order_id   text COLLATE "C" NOT NULL,
    sell_order_id  text COLLATE "C" NOT NULL,
    buy_client_id  text COLLATE "C" NOT NULL,
    sell_client_id text COLLATE "C" NOT NULL
) PARTITION BY LIST (run_id);

CREATE TABLE orders (
    run_id          text COLLATE "C" NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    order_id        text COLLATE "C" NOT NULL,
    sequence        bigint  NOT NULL,
    client_id       text COLLATE "C" NOT NULL,
    side            text COLLATE "C" NOT NULL,
    type            text COLLATE "C" NOT NULL,
    tif             text COLLATE "C" NOT NULL,
    price           numeric,
    quantity        numeric NOT NULL,
    filled_quantity numeric NOT NULL,
    leaves_quantity numeric NOT NULL,
    average_price   numeric,
    status          text COLLATE "C" NOT NULL,
    reason          text COLLATE "C",
    entered_at      bigint  NOT NULL,
    updated_at      bigint  NOT NULL,
    last_sequence bigint  NOT NULL,
    change_no       integer NOT NULL
) PARTITION BY LIST (run_id);
COMMENT ON COLUMN orders.last_sequence IS 'sequence of the command that changed the order last';
COMMENT ON COLUMN orders.change_no IS 'place among the orders that this command ended, from 0';

CREATE TABLE executions (
    run_id          text COLLATE "C" NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    sequence        bigint  NOT NULL,
    event_no        integer NOT NULL,
    timestamp       bigint  NOT NULL,
    exec_type       text COLLATE "C" NOT NULL,
    order_id        text COLLATE "C",
    ord_status      text COLLATE "C",
    last_price      numeric,
    last_quantity   numeric,
    leaves_quantity numeric,
    reason          text COLLATE "C",
    client_id       text COLLATE "C",
    side            text COLLATE "C",
    type            text COLLATE "C",
    tif             text COLLATE "C",
    price           numeric,
    quantity        numeric,
    cum_quantity    numeric,
    average_price   numeric,
    trade_id        text COLLATE "C",
    contra_order_id text COLLATE "C"
) PARTITION BY LIST (run_id);

CREATE TABLE fills (
    run_id     text COLLATE "C" NOT NULL,
    instrument text COLLATE "C" NOT NULL,
    sequence   bigint  NOT NULL,
    timestamp  bigint  NOT NULL,
    trade_id   text COLLATE "C" NOT NULL,
    client_id  text COLLATE "C" NOT NULL,
    side       text COLLATE "C" NOT NULL,
    price      numeric NOT NULL,
    quantity   numeric NOT NULL,
    fee        numeric NOT NULL,
    order_id   text COLLATE "C"
) PARTITION BY LIST (run_id);

CREATE TABLE realized_pnl (
    run_id           text COLLATE "C" NOT NULL,
    instrument       text COLLATE "C" NOT NULL,
    realized_no      bigint  NOT NULL,
    client_id        text COLLATE "C" NOT NULL,
    opening_trade_id text COLLATE "C" NOT NULL,
    closing_trade_id text COLLATE "C" NOT NULL,
    side             text COLLATE "C" NOT NULL,
    quantity         numeric NOT NULL,
    open_price       numeric NOT NULL,
    close_price      numeric NOT NULL,
    pnl              numeric NOT NULL,
    timestamp        bigint  NOT NULL,
    sequence         bigint  NOT NULL
) PARTITION BY LIST (run_id);

CREATE TABLE marks (
    run_id     text COLLATE "C" NOT NULL,
    instrument text COLLATE "C" NOT NULL,
    sequence   bigint  NOT NULL,
    timestamp  bigint  NOT NULL,
    price      numeric NOT NULL
) PARTITION BY LIST (run_id);

CREATE TABLE book_snapshots (
    run_id          text COLLATE "C" NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    sequence        bigint  NOT NULL,
    timestamp       bigint  NOT NULL,
    last            boolean NOT NULL,
    side            text COLLATE "C" NOT NULL,
    level           integer NOT NULL,
    price           numeric NOT NULL,
    quantity        numeric NOT NULL,
    hidden_quantity numeric NOT NULL,
    orders          integer NOT NULL
) PARTITION BY LIST (run_id);
COMMENT ON COLUMN book_snapshots.last IS 'whether this is the book at the end of the run';

CREATE TABLE book_deltas (
    run_id          text COLLATE "C" NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    sequence        bigint  NOT NULL,
    timestamp       bigint  NOT NULL,
    side            text COLLATE "C" NOT NULL,
    price           numeric NOT NULL,
    quantity        numeric NOT NULL,
    hidden_quantity numeric NOT NULL,
    orders          integer NOT NULL
) PARTITION BY LIST (run_id);

-- An unreadable line has no instrument and no sequence: it stands under '' and 0.
CREATE TABLE rejects (
    run_id     text COLLATE "C" NOT NULL,
    source     integer NOT NULL,
    file       text COLLATE "C" NOT NULL,
    line       bigint  NOT NULL,
    instrument text COLLATE "C" NOT NULL,
    sequence   bigint  NOT NULL,
    order_id   text COLLATE "C",
    code       text COLLATE "C" NOT NULL,
    message    text    NOT NULL,
    raw        text    NOT NULL,
    position   bigint  NOT NULL,
    timestamp  bigint  NOT NULL
) PARTITION BY LIST (run_id);
COMMENT ON COLUMN rejects.position IS 'place of the record in the merged order of all files';
COMMENT ON COLUMN rejects.source IS 'number of the file in the order the files were named, from 0';

CREATE TABLE pnl_snapshots (
    run_id         text COLLATE "C" NOT NULL,
    client_id      text COLLATE "C" NOT NULL,
    instrument     text COLLATE "C" NOT NULL,
    timestamp      bigint  NOT NULL,
    net_quantity   numeric NOT NULL,
    average_price  numeric,
    realized_pnl   numeric NOT NULL,
    mark_price     numeric,
    unrealized_pnl numeric,
    fees           numeric NOT NULL,
    net_pnl        numeric,
    sequence       bigint  NOT NULL,
    cash_flow       numeric NOT NULL,
    closed_quantity numeric NOT NULL,
    PRIMARY KEY (run_id, client_id, instrument, timestamp)
) PARTITION BY LIST (run_id);
COMMENT ON COLUMN pnl_snapshots.timestamp IS 'end of the snapshot interval';

-- The newest state, not a history: rows are replaced as it changes.
CREATE TABLE lots (
    run_id    text COLLATE "C" NOT NULL,
    client_id text COLLATE "C" NOT NULL,
    instrument text COLLATE "C" NOT NULL,
    lot_no    bigint  NOT NULL,
    trade_id  text COLLATE "C" NOT NULL,
    side      text COLLATE "C" NOT NULL,
    quantity  numeric NOT NULL,
    price     numeric NOT NULL,
    opened_at bigint  NOT NULL,
    sequence  bigint  NOT NULL,
    PRIMARY KEY (run_id, client_id, instrument, lot_no)
);

CREATE TABLE positions (
    run_id          text COLLATE "C" NOT NULL,
    client_id       text COLLATE "C" NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    net_quantity    numeric NOT NULL,
    average_price   numeric,
    realized_pnl    numeric NOT NULL,
    mark_price      numeric,
    unrealized_pnl  numeric,
    fees            numeric NOT NULL,
    net_pnl         numeric,
    sequence        bigint  NOT NULL,
    updated_at      bigint  NOT NULL,
    cash_flow       numeric NOT NULL,
    closed_quantity numeric NOT NULL,
    PRIMARY KEY (run_id, client_id, instrument)
);
COMMENT ON COLUMN positions.mark_price IS 'as of updated_at; v_positions has it as of now';
