-- End-of-day clearing. A chain is the clearings of one trading run, one official clearing for each business date; what was
-- cleared again stays, with the postings that take it back. A clearing has a number, which all its rows carry; amounts
-- are numeric and exact, only the journal and what is published of it are in minor units.

-- Session phases with the best prices as they were before the phase: a closing price is held to them.
CREATE TABLE phases (
    run_id     text COLLATE "C" NOT NULL,
    instrument text COLLATE "C" NOT NULL,
    sequence   bigint  NOT NULL,
    timestamp  bigint  NOT NULL,
    phase      text COLLATE "C" NOT NULL,
    best_bid   numeric,
    best_ask   numeric
) PARTITION BY LIST (run_id);
COMMENT ON COLUMN phases.best_bid IS 'before the phase began';

-- Runs that go on will write to it too.
DO $$
DECLARE known record;
BEGIN
    FOR known IN SELECT run_id, run_no FROM runs LOOP
        EXECUTE format('CREATE TABLE phases_r%s PARTITION OF phases FOR VALUES IN (%L)', known.run_no, known.run_id);
        EXECUTE format('ALTER TABLE phases_r%s ALTER COLUMN run_id SET DEFAULT %L', known.run_no, known.run_id);
    END LOOP;
END $$;

CREATE FUNCTION half_even(amount numeric, digits integer) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN abs(amount * 10::numeric ^ digits) % 1 = 0.5 AND trunc(amount * 10::numeric ^ digits) % 2 = 0
            THEN trunc(amount, digits)
        ELSE round(amount, digits)
    END;
COMMENT ON FUNCTION half_even IS 'rounded at so many digits, a tie to the even neighbour (round takes it away from zero)';

CREATE TABLE clearing_runs (
    clearing_no   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id        text COLLATE "C" NOT NULL,
    business_date date    NOT NULL,
    run_no        integer NOT NULL,
    state         text COLLATE "C" NOT NULL CHECK (state IN ('RUNNING', 'FAILED', 'COMPLETED')),
    what_if       boolean NOT NULL,
    official      boolean NOT NULL DEFAULT false,
    stale         boolean NOT NULL DEFAULT false,
    reason        text,
    inputs        json    NOT NULL,
    previous_no   bigint REFERENCES clearing_runs,
    supersedes_no bigint REFERENCES clearing_runs,
    step          text COLLATE "C",
    started_at    bigint  NOT NULL,
    heartbeat_at  bigint  NOT NULL,
    ended_at      bigint,
    failure       text,
    hash          text COLLATE "C",
    summary       json,
    UNIQUE (run_id, business_date, run_no, what_if),
    -- Checked at the end of the statement that takes the place from one and gives it to another.
    EXCLUDE USING btree (run_id WITH =, business_date WITH =) WHERE (official) DEFERRABLE
);
CREATE UNIQUE INDEX clearing_runs_one_running ON clearing_runs (run_id, business_date)
    WHERE state = 'RUNNING' AND NOT what_if;
COMMENT ON COLUMN clearing_runs.run_no IS 'number of the clearing of this date, from 1';
COMMENT ON COLUMN clearing_runs.stale IS 'an earlier day was cleared again since: this one has to be, too';
COMMENT ON COLUMN clearing_runs.previous_no IS 'official clearing of the previous business day, whose closing is the opening here; NULL for the first';

CREATE TABLE clearing_instruments (
    clearing_no      bigint NOT NULL REFERENCES clearing_runs,
    instrument       text COLLATE "C" NOT NULL,
    kind             text COLLATE "C" NOT NULL,
    currency         text COLLATE "C" NOT NULL,
    multiplier       numeric NOT NULL,
    tick_size        numeric NOT NULL,
    minor_digits     integer NOT NULL,
    day_start        bigint  NOT NULL,
    day_end          bigint  NOT NULL,
    settlement_date  date    NOT NULL,
    next_date        date    NOT NULL,
    from_sequence    bigint  NOT NULL,
    to_sequence      bigint  NOT NULL,
    to_trade_no      bigint  NOT NULL,
    PRIMARY KEY (clearing_no, instrument)
);
COMMENT ON COLUMN clearing_instruments.minor_digits IS 'of the currency: what is paid is rounded at these';
COMMENT ON COLUMN clearing_instruments.day_start IS 'end of the session before; day_end that of the date''s own session, or the same where it has none';
COMMENT ON COLUMN clearing_instruments.from_sequence IS 'first command that is not covered by the previous clearing';
COMMENT ON COLUMN clearing_instruments.to_sequence IS 'last command that this clearing takes';
COMMENT ON COLUMN clearing_instruments.settlement_date IS 'when what is traded on this date is delivered and paid';

CREATE TABLE trade_corrections (
    run_id      text COLLATE "C" NOT NULL,
    trade_id    text COLLATE "C" NOT NULL,
    version     integer NOT NULL,
    instrument  text COLLATE "C" NOT NULL,
    sequence    bigint  NOT NULL,
    trade_no    bigint  NOT NULL,
    action      text COLLATE "C" NOT NULL CHECK (action IN ('CANCEL', 'CORRECT')),
    price       numeric,
    quantity    numeric,
    reason      text    NOT NULL,
    clearing_no bigint  NOT NULL REFERENCES clearing_runs,
    PRIMARY KEY (run_id, trade_id, version)
);
COMMENT ON COLUMN trade_corrections.trade_no IS '0 for a fill, which its sequence tells';
COMMENT ON COLUMN trade_corrections.clearing_no IS 'the clearing that brought it';

-- Novation: each trade is two legs against the clearing house.
CREATE TABLE clearing_legs (
    clearing_no bigint  NOT NULL,
    instrument  text COLLATE "C" NOT NULL,
    sequence    bigint  NOT NULL,
    trade_no    bigint  NOT NULL,
    trade_id    text COLLATE "C" NOT NULL,
    timestamp   bigint  NOT NULL,
    member      text COLLATE "C" NOT NULL,
    side        text COLLATE "C" NOT NULL,
    quantity    numeric NOT NULL,
    price       numeric NOT NULL,
    liquidity   text COLLATE "C" NOT NULL CHECK (liquidity IN ('MAKER', 'TAKER', 'FILL')),
    fee         numeric,
    version     integer NOT NULL
);
CREATE INDEX clearing_legs_by_instrument ON clearing_legs (clearing_no, instrument);
COMMENT ON COLUMN clearing_legs.quantity IS 'signed: bought above zero, sold below';
COMMENT ON COLUMN clearing_legs.fee IS 'of a fill, which brings its own; NULL for a trade';
COMMENT ON COLUMN clearing_legs.version IS 'of the correction that made it so; 0: as it was traded';

CREATE TABLE settlement_prices (
    clearing_no    bigint NOT NULL,
    instrument     text COLLATE "C" NOT NULL,
    price          numeric NOT NULL,
    previous_price numeric,
    method         text COLLATE "C" NOT NULL,
    window_start   bigint,
    window_end     bigint,
    trades         bigint  NOT NULL,
    volume         numeric NOT NULL,
    vwap           numeric,
    last_price     numeric,
    best_bid       numeric,
    best_ask       numeric,
    reason         text,
    PRIMARY KEY (clearing_no, instrument)
);
COMMENT ON COLUMN settlement_prices.volume IS 'traded in the closing window';
COMMENT ON COLUMN settlement_prices.reason IS 'of a price that was given';

CREATE TABLE clearing_positions (
    clearing_no      bigint NOT NULL,
    instrument       text COLLATE "C" NOT NULL,
    member           text COLLATE "C" NOT NULL,
    open_quantity    numeric NOT NULL,
    traded_quantity  numeric NOT NULL,
    traded_value     numeric NOT NULL,
    close_quantity   numeric NOT NULL,
    cash_flow        numeric NOT NULL,
    PRIMARY KEY (clearing_no, instrument, member)
);
COMMENT ON COLUMN clearing_positions.traded_value IS 'sum of signed quantity times price of the day''s legs';
COMMENT ON COLUMN clearing_positions.cash_flow IS 'what all trades of the chain paid (+) and cost (-), before fees';

CREATE TABLE clearing_pnl (
    clearing_no     bigint NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    member          text COLLATE "C" NOT NULL,
    realized_pnl    numeric NOT NULL,
    realized_in_all numeric NOT NULL,
    unrealized_pnl  numeric NOT NULL,
    PRIMARY KEY (clearing_no, instrument, member)
);
COMMENT ON COLUMN clearing_pnl.realized_pnl IS 'of the day; realized_in_all since the chain began';
COMMENT ON COLUMN clearing_pnl.unrealized_pnl IS 'of the open lots at the settlement price';

CREATE TABLE variation_margins (
    clearing_no bigint NOT NULL,
    instrument  text COLLATE "C" NOT NULL,
    member      text COLLATE "C" NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    amount      numeric NOT NULL,
    PRIMARY KEY (clearing_no, instrument, member)
);
COMMENT ON COLUMN variation_margins.amount IS 'exact; paid to the member if above zero';

CREATE TABLE obligations (
    clearing_no     bigint NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    settlement_date date    NOT NULL,
    member          text COLLATE "C" NOT NULL,
    quantity        numeric NOT NULL,
    cash            numeric NOT NULL,
    PRIMARY KEY (clearing_no, instrument, settlement_date, member)
);
COMMENT ON TABLE obligations IS 'delivery versus payment: all that were open when the clearing began, that the day''s trades made, and that failed';
COMMENT ON COLUMN obligations.quantity IS 'to receive if above zero, to deliver below';

CREATE TABLE deliveries (
    clearing_no     bigint NOT NULL,
    instrument      text COLLATE "C" NOT NULL,
    settlement_date date    NOT NULL,
    member          text COLLATE "C" NOT NULL,
    quantity        numeric NOT NULL,
    failed_quantity numeric NOT NULL,
    price           numeric NOT NULL,
    cash            numeric NOT NULL,
    PRIMARY KEY (clearing_no, instrument, settlement_date, member)
);
COMMENT ON TABLE deliveries IS 'obligations that were due, as they were met';
COMMENT ON COLUMN deliveries.failed_quantity IS 'still to receive (+) or to deliver (-): carried at price to the next business day';

CREATE TABLE clearing_lots (
    clearing_no bigint  NOT NULL,
    instrument  text COLLATE "C" NOT NULL,
    member      text COLLATE "C" NOT NULL,
    lot_no      integer NOT NULL,
    trade_id    text COLLATE "C" NOT NULL,
    side        text COLLATE "C" NOT NULL,
    quantity    numeric NOT NULL,
    price       numeric NOT NULL,
    opened_at   bigint  NOT NULL
);
CREATE INDEX clearing_lots_by_instrument ON clearing_lots (clearing_no, instrument);
COMMENT ON COLUMN clearing_lots.lot_no IS 'oldest first, from 1';

CREATE TABLE clearing_fees (
    clearing_no bigint NOT NULL,
    instrument  text COLLATE "C" NOT NULL,
    member      text COLLATE "C" NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    maker_notional numeric NOT NULL,
    taker_notional numeric NOT NULL,
    maker_bps   numeric NOT NULL,
    taker_bps   numeric NOT NULL,
    fill_fees   numeric NOT NULL,
    fee         numeric NOT NULL,
    PRIMARY KEY (clearing_no, instrument, member)
);
COMMENT ON COLUMN clearing_fees.fee IS 'exact; a rebate below zero';

CREATE TABLE margin_requirements (
    clearing_no bigint NOT NULL,
    member      text COLLATE "C" NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    model       text COLLATE "C" NOT NULL,
    requirement numeric NOT NULL,
    unpaid_variation numeric NOT NULL,
    collateral  numeric NOT NULL,
    call        numeric NOT NULL,
    lines       json    NOT NULL,
    PRIMARY KEY (clearing_no, member, currency)
);
COMMENT ON COLUMN margin_requirements.lines IS 'what the requirement was computed from';

-- Append-only. Each transaction is balanced in its currency and has a key that cannot be posted twice.
CREATE TABLE journal (
    clearing_no bigint  NOT NULL REFERENCES clearing_runs,
    txn         text COLLATE "C" NOT NULL,
    leg         integer NOT NULL,
    account     text COLLATE "C" NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    amount      numeric NOT NULL,
    reference   text    NOT NULL,
    PRIMARY KEY (clearing_no, txn, leg)
);
COMMENT ON COLUMN journal.amount IS 'whole minor units as a decimal of the currency; to the account if above zero';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: what was posted is taken back by a posting of its own';
END $$;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE balances (
    clearing_no bigint NOT NULL,
    account     text COLLATE "C" NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    opening     numeric NOT NULL,
    closing     numeric NOT NULL,
    PRIMARY KEY (clearing_no, account, currency)
);

CREATE TABLE clearing_checks (
    clearing_no bigint NOT NULL,
    name        text COLLATE "C" NOT NULL,
    breaks      bigint NOT NULL,
    PRIMARY KEY (clearing_no, name)
);

CREATE TABLE clearing_breaks (
    clearing_no bigint NOT NULL,
    name        text COLLATE "C" NOT NULL,
    break_no    integer NOT NULL,
    subject     text    NOT NULL,
    expected    text,
    found       text,
    PRIMARY KEY (clearing_no, name, break_no)
);

-- What dashboards read.
CREATE VIEW v_clearing_runs AS
SELECT run_id, business_date, run_no, state, official, stale, what_if, reason, step,
       nanos_to_timestamptz(started_at) AS started_time, nanos_to_timestamptz(ended_at) AS ended_time,
       trim_scale((ended_at - started_at)::numeric / 1000000000) AS elapsed_seconds,
       (SELECT count(*) FROM clearing_checks k WHERE k.clearing_no = c.clearing_no) AS checks,
       (SELECT coalesce(sum(breaks), 0) FROM clearing_checks k WHERE k.clearing_no = c.clearing_no) AS breaks,
       hash, failure, clearing_no
FROM clearing_runs c;

CREATE VIEW v_clearing_members AS
SELECT c.run_id, c.business_date, c.run_no, c.official, held.member, held.currency,
       held.instruments, held.open_positions, held.realized_pnl, held.unrealized_pnl,
       coalesce(v.variation_margin, 0) AS variation_margin,
       coalesce(f.fees, 0) AS fees,
       m.requirement AS margin_requirement, m.collateral, m.call AS margin_call,
       b.closing AS cash_balance, c.clearing_no
FROM clearing_runs c
JOIN (
    SELECT p.clearing_no, p.member, i.currency, count(*) AS instruments,
           count(*) FILTER (WHERE p.close_quantity <> 0) AS open_positions,
           sum(g.realized_pnl) AS realized_pnl, sum(g.unrealized_pnl) AS unrealized_pnl
    FROM clearing_positions p
    JOIN clearing_instruments i USING (clearing_no, instrument)
    LEFT JOIN clearing_pnl g USING (clearing_no, instrument, member)
    GROUP BY p.clearing_no, p.member, i.currency) held USING (clearing_no)
LEFT JOIN (
    SELECT clearing_no, member, currency, sum(amount) AS variation_margin
    FROM variation_margins GROUP BY clearing_no, member, currency) v USING (clearing_no, member, currency)
LEFT JOIN (
    SELECT clearing_no, member, currency, sum(fee) AS fees
    FROM clearing_fees GROUP BY clearing_no, member, currency) f USING (clearing_no, member, currency)
LEFT JOIN margin_requirements m USING (clearing_no, member, currency)
LEFT JOIN balances b ON b.clearing_no = c.clearing_no AND b.account = 'member:' || held.member || ':cash'
    AND b.currency = held.currency;
