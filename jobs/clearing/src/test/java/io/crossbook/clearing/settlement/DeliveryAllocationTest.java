package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Decimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryAllocationTest {
    private static final LocalDate SETTLEMENT_DATE = LocalDate.of(2024, 3, 15);
    private static final Map<String, Decimal> THREE_MEMBERS = due("M1", 60, "M2", -40, "M3", -20);

    private static Map<String, Decimal> due(Object... membersAndQuantities) {
        Map<String, Decimal> due = new HashMap<>();
        for (int i = 0; i < membersAndQuantities.length; i += 2) {
            due.put((String) membersAndQuantities[i], Decimal.of((int) membersAndQuantities[i + 1]));
        }
        return due;
    }

    private static List<DeliveryResult> allocate(Map<String, Decimal> due, Map<String, Decimal> delivered) {
        return DeliveryAllocation.allocate("VOD", SETTLEMENT_DATE, due, delivered);
    }

    private static DeliveryResult result(String member, long due, long settled) {
        return new DeliveryResult(member, Decimal.of(due), Decimal.of(settled));
    }

    @Test
    void carriesAShortDeliveryAndMarksItToThePrice() {
        List<DeliveryResult> results = allocate(THREE_MEMBERS, due("M2", 25));
        assertThat(results).containsExactly(result("M1", 60, 45), result("M2", -40, -25), result("M3", -20, -20));
        assertThat(results)
                .extracting(DeliveryResult::open)
                .containsExactly(Decimal.of(15), Decimal.of(-15), Decimal.ZERO);
        Decimal price = Decimal.of(22);
        assertThat(results.get(0).money(Decimal.of(-1240), price, Decimal.ONE)).isEqualTo(Decimal.of(-910));
        assertThat(results.get(1).money(Decimal.of(740), price, Decimal.ONE)).isEqualTo(Decimal.of(410));
        assertThat(results.get(2).money(Decimal.of(500), price, Decimal.ONE)).isEqualTo(Decimal.of(500));
    }

    @Test
    void valuesAFailByTheMultiplier() {
        assertThat(result("M1", 60, 45).money(Decimal.of(-1240), Decimal.of(22), Decimal.of(10)))
                .isEqualTo(Decimal.of(2060));
    }

    @Test
    void settlesInFullWhatNobodyReportsAsShort() {
        assertThat(allocate(THREE_MEMBERS, Map.of()))
                .containsExactly(result("M1", 60, 60), result("M2", -40, -40), result("M3", -20, -20));
    }

    @Test
    void fillsTheLargestReceiverFirst() {
        assertThat(allocate(due("A", 10, "B", 50, "C", 30, "D", -90), due("D", 70)))
                .containsExactly(result("A", 10, 0), result("B", 50, 50), result("C", 30, 20), result("D", -90, -70));
    }

    @Test
    void fillsEqualReceiversByTheBytesOfTheirNames() {
        String beyondBasicPlane = "\ud83d\ude00";
        String highInBasicPlane = "\uff21";
        assertThat(allocate(due(beyondBasicPlane, 5, "b", 5, highInBasicPlane, 5, "B", 5, "S", -20), due("S", 17)))
                .containsExactly(
                        result("B", 5, 5),
                        result("S", -20, -17),
                        result("b", 5, 5),
                        result(highInBasicPlane, 5, 5),
                        result(beyondBasicPlane, 5, 2));
    }

    @Test
    void settlesNothingWhereNothingIsDelivered() {
        assertThat(allocate(THREE_MEMBERS, due("M2", 0, "M3", 0)))
                .containsExactly(result("M1", 60, 0), result("M2", -40, 0), result("M3", -20, 0));
    }

    @Test
    void keepsAMemberThatIsFlat() {
        assertThat(allocate(due("A", 0, "B", 0), Map.of())).containsExactly(result("A", 0, 0), result("B", 0, 0));
        assertThat(allocate(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void refusesADeliveryThatIsNotOwed() {
        assertThatThrownBy(() -> allocate(THREE_MEMBERS, due("M2", 41)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VOD settling 2024-03-15: M2 must deliver from 0 to the 40 that it owes, was 41");
        assertThatThrownBy(() -> allocate(THREE_MEMBERS, due("M2", -1)))
                .hasMessage("VOD settling 2024-03-15: M2 must deliver from 0 to the 40 that it owes, was -1");
        assertThatThrownBy(() -> allocate(THREE_MEMBERS, due("M1", 1)))
                .hasMessage("VOD settling 2024-03-15: M1 delivered 1, but has nothing to deliver");
        assertThatThrownBy(() -> allocate(THREE_MEMBERS, due("M9", 1)))
                .hasMessage("VOD settling 2024-03-15: M9 delivered 1, but has nothing to deliver");
    }

    @Test
    void stopsWhereObligationsDoNotBalance() {
        assertThatThrownBy(() -> allocate(due("M1", 60, "M2", -40), Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("VOD settling 2024-03-15: obligations must sum to zero, sum is 20");
    }

    @Test
    void refusesAResultBeyondItsObligation() {
        assertThatThrownBy(() -> result("M1", 60, 61))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("M1: 61 cannot settle an obligation of 60");
        assertThatThrownBy(() -> result("M1", 60, -1)).hasMessage("M1: -1 cannot settle an obligation of 60");
    }
}
