package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.shapley.OrderPlan;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OrderBudgetTest {
  @Property(tries = 500)
  void neverSpendsMoreThanGivenAndAlwaysHasStandardErrors(
      @ForAll @IntRange(min = 1, max = 300) int patches,
      @ForAll @IntRange(min = 1, max = 75) int tokens,
      @ForAll @IntRange(min = 0, max = 40) int longer,
      @ForAll @LongRange(min = 0, max = 20_000) long extra,
      @ForAll Estimator.Orders orders) {
    long passes = PassBudget.least(patches, tokens + longer) + extra;
    OrderBudget budget = new OrderBudget(PassBudget.of(passes), orders);

    OrderPlan image = budget.imageOrders(patches, tokens + longer);
    OrderPlan text = budget.textOrders(image, patches, tokens);

    assertThat(image.passes(patches) + text.passes(tokens)).isLessThanOrEqualTo(passes);
    assertThat(image.blocks()).isGreaterThanOrEqualTo(2);
    assertThat(text.blocks()).isGreaterThanOrEqualTo(2);
  }

  private static OrderBudget latin(PassBudget budget) {
    return new OrderBudget(budget, Estimator.Orders.LATIN);
  }

  @Test
  void statesTheMinimumWhenTheBudgetIsTooSmall() {
    assertThatThrownBy(() -> latin(PassBudget.of(50)).imageOrders(49, 12))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--passes: found 50 encoder passes per sample; expected at least 240 for 49 patches and"
                + " texts of up to 12 tokens; raise --passes, or leave it out for the default");
    assertThat(latin(PassBudget.of(240)).imageOrders(49, 12)).isEqualTo(OrderPlan.independent(2));
  }

  @Test
  void balancesTheSidesByDefault() {
    OrderBudget standard = latin(PassBudget.standard());
    OrderPlan image = standard.imageOrders(49, 70);

    assertThat(image.orders()).isEqualTo(8);
    assertThat(standard.textOrders(image, 49, 49).orders()).isEqualTo(8);
    assertThat(standard.textOrders(image, 49, 13).orders()).isEqualTo(16);
    assertThat(standard.textOrders(image, 49, 2).orders()).isEqualTo(32);
    assertThat(standard.textOrders(image, 49, 75).orders()).isEqualTo(8);
  }

  @Test
  void beginsSmallWhereAnErrorIsAimedAt() {
    OrderBudget budget = latin(PassBudget.of(100_000).until(0.01));

    OrderPlan image = budget.imageOrders(49, 70);

    assertThat(image.orders()).isEqualTo(8);
    assertThat(budget.textOrders(image, 49, 13).orders()).isEqualTo(16);
  }

  @Test
  void refusesBudgetsAndErrorsThatMakeNoSense() {
    assertThatThrownBy(() -> PassBudget.of(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--passes: found 0");
    assertThatThrownBy(() -> PassBudget.of(10_000_000))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 to 200000");
    assertThatThrownBy(() -> PassBudget.standard().until(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--target-se: found 0.0");
    assertThatThrownBy(() -> PassBudget.standard().until(Double.NaN))
        .isInstanceOf(InputException.class);
  }
}
