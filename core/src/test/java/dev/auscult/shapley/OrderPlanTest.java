package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderPlanTest {
  @Test
  void fillsBlocksWithEvenlySpacedShiftsAndTheirReverses() {
    List<Order> orders = new OrderPlan(3, 4).draw(20, new Seed(5));

    assertThat(orders).hasSize(24);
    for (int block = 0; block < 3; block++) {
      Order first = orders.get(8 * block);
      for (int k = 0; k < 4; k++) {
        Order shifted = orders.get(8 * block + 2 * k);
        assertThat(shifted).isEqualTo(first.shifted(5 * k));
        assertThat(orders.get(8 * block + 2 * k + 1)).isEqualTo(shifted.reversed());
      }
    }
    assertThat(orders.get(0)).isNotEqualTo(orders.get(8));
  }

  @Test
  void visitsEveryPositionWithEveryPlayerOnceInAFullBlock() {
    List<Order> orders = new OrderPlan(1, 7).draw(7, new Seed(1));

    for (int position = 0; position < 7; position++) {
      List<Integer> players = new ArrayList<>();
      for (int k = 0; k < 7; k++) {
        players.add(orders.get(2 * k).playerAt(position));
      }
      assertThat(players).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void drawsEveryOrderWithTheSameProbability() {
    List<Order> all = Games.allOrders(4);
    int[] count = new int[all.size()];
    int draws = 24_000;
    for (int seed = 0; seed < draws; seed++) {
      count[all.indexOf(new OrderPlan(1, 3).draw(4, new Seed(seed)).get(2))]++;
    }

    double chiSquare = 0;
    for (int c : count) {
      chiSquare += (c - 1000.0) * (c - 1000.0) / 1000.0;
    }
    assertThat(chiSquare).as("chi-square, 23 degrees of freedom, 99.99 % quantile").isLessThan(58);
  }

  @Test
  void keepsEarlierBlocksWhenMoreAreDrawn() {
    List<Order> few = new OrderPlan(2, 2).draw(9, new Seed(3));
    List<Order> many = new OrderPlan(5, 2).draw(9, new Seed(3));

    assertThat(many.subList(0, few.size())).isEqualTo(few);
  }

  @Test
  void choosesLatinBlocksOnceTwoOfThemFit() {
    assertThat(OrderPlan.latin(4)).isEqualTo(OrderPlan.independent(2));
    assertThat(OrderPlan.latin(7)).isEqualTo(OrderPlan.independent(3));
    assertThat(OrderPlan.latin(8)).isEqualTo(new OrderPlan(2, 2));
    assertThat(OrderPlan.latin(19)).isEqualTo(new OrderPlan(4, 2));
    assertThatThrownBy(() -> OrderPlan.latin(3)).hasMessageContaining("3 orders");
  }

  @Test
  void drawsOrdersOfNoPlayersAndOfOne() {
    assertThat(new OrderPlan(2, 2).draw(0, new Seed(1)))
        .containsExactlyElementsOf(Collections.nCopies(8, Order.of()));
    assertThat(new OrderPlan(2, 2).draw(1, new Seed(1)))
        .containsExactlyElementsOf(Collections.nCopies(8, Order.of(0)));
  }
}
