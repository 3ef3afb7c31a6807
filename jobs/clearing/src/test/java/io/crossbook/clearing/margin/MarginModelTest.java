package io.crossbook.clearing.margin;

import static io.crossbook.clearing.margin.Positions.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarginModelTest {
    private final MarginModel model = MarginSettings.DEFAULT.model();

    @Test
    void requiresNothingWithoutAPosition() {
        assertThat(model.requirements(List.of())).isEmpty();
        assertThat(model.requirements(List.of(position("ESH4", "0", "100")))).isEmpty();
    }

    @Test
    void addsNothingAcrossCurrencies() {
        List<MarginRequirement> requirements = model.requirements(List.of(
                position("WINJ4", "BRL", "0.2", "5", "130000"),
                position("ESH4", "USD", "50", "-1", "5000"),
                position("FDAX", "EUR", "25", "1", "18000"),
                position("NQH4", "USD", "20", "2", "17000")));
        assertThat(requirements)
                .extracting(each -> each.currency() + ' ' + each.requirement())
                .containsExactly("BRL 13000", "EUR 45000", "USD 93000");
        assertThat(requirements.get(2).lines()).extracting(MarginLine::item).containsExactly("ESH4", "NQH4");
    }

    @Test
    void explainsInTheSameOrderWhateverTheOrderOfThePositions() {
        MarginPosition first = position("A", "1", "10");
        MarginPosition second = position("B", "-2", "20");
        assertThat(model.requirements(List.of(second, first))).isEqualTo(model.requirements(List.of(first, second)));
    }

    @Test
    void refusesTwoPositionsInOneInstrument() {
        assertThatThrownBy(() -> model.requirements(List.of(position("A", "1", "10"), position("A", "2", "10"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A is there twice; a member has one position per instrument");
    }

    @Test
    void refusesAMultiplierOfZero() {
        assertThatThrownBy(() -> position("A", "USD", "0", "1", "10"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A: multiplier must be above zero, was 0");
    }

    @Test
    void printsAnExplanationAsRowsUnderItsHeader() {
        MarginRequirement requirement = model.requirements(List.of(position("ESH4", "USD", "50", "-1", "5000.25")))
                .get(0);
        assertThat(String.join(",", MarginLine.COLUMNS)).isEqualTo("part,item,quantity,multiplier,price,rate,amount");
        assertThat(requirement.lines())
                .extracting(line -> String.join(",", line.fields()))
                .containsExactly("POSITION,ESH4,-1,50,5000.25,0.1,25001.25");
        assertThat(MarginLine.step(MarginLine.Part.FLOOR, "gross value", null, "0.02", Positions.number("7"))
                        .fields())
                .containsExactly("FLOOR", "gross value", "", "", "", "0.02", "7");
    }
}
