package io.crossbook.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.generate.FlowCommands;
import io.crossbook.cli.generate.FlowPreset;
import io.crossbook.cli.generate.FlowSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison of speeds means something only between engines that do the same. */
class EnginesAgreeTest {
    @ParameterizedTest
    @EnumSource(
            value = FlowPreset.class,
            names = {"BALANCED", "MOVES", "TAKING", "DEEP", "MULTI"})
    void allEnginesMakeTheSameTrades(FlowPreset preset) {
        FlowCommands flow = FlowCommands.of(FlowSettings.of(preset, 50_000, 1));
        MeasuredBooks ours = run(Engine.CROSSBOOK, flow, preset);
        assertThat(ours.trades()).isPositive();
        for (Engine engine : Engine.values()) {
            MeasuredBooks books = run(engine, flow, preset);
            assertThat(books.trades()).as(engine.name()).isEqualTo(ours.trades());
            assertThat(books.notional()).as(engine.name()).isEqualTo(ours.notional());
        }
    }

    private static MeasuredBooks run(Engine engine, FlowCommands flow, FlowPreset preset) {
        MeasuredBooks books = engine.books(flow, preset.shape().instruments());
        books.run(flow, 0, flow.size());
        return books;
    }
}
