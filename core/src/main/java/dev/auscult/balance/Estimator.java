package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How contributions are estimated. All but the factorised ones treat the model as any game and
 * exist for comparison; each distinct masked input of a sample is encoded once under all of them.
 */
public sealed interface Estimator extends Labelled {

  /** How the orders of a side are drawn. */
  enum Orders {
    /** Blocks of evenly spaced cyclic shifts of one order, with their reverses. */
    LATIN,
    /** Independent orders with their reverses. */
    INDEPENDENT
  }

  /** What a sample's players meet of the other modality. */
  enum Value {
    /** Any coalition of it: Shapley values. */
    SHAPLEY,
    /** All of it or nothing: Owen values with image and text as unions. */
    OWEN
  }

  /**
   * Factorised values: image orders and text orders are drawn by themselves.
   *
   * @param orders how they are drawn
   * @param value what is estimated
   */
  record Factorised(Orders orders, Value value) implements Estimator {
    @Override
    public String label() {
      if (value == Value.OWEN) {
        return "owen";
      }
      return orders == Orders.LATIN ? "factorised-latin" : "factorised";
    }
  }

  /**
   * Antithetic permutations in the order of shap's {@code PermutationExplainer}, text tokens
   * numbered before image cells.
   *
   * @param permutations how many; empty for as many as the budget allows, else 10
   */
  record Permutation(OptionalInt permutations) implements Estimator {
    @Override
    public String label() {
      return numbered("permutation", permutations);
    }
  }

  /**
   * KernelSHAP as shap's {@code KernelExplainer} without regularisation, text tokens numbered
   * before image cells.
   *
   * @param evaluations coalitions; empty for as many as the budget allows, else twice the players
   *     and 2048
   */
  record Kernel(OptionalInt evaluations) implements Estimator {
    @Override
    public String label() {
      return numbered("kernel", evaluations);
    }
  }

  /**
   * Owen values by halving grid and text again and again, as shap's {@code PartitionExplainer}.
   *
   * @param evaluations coalitions; empty for as many as the budget allows, else 500
   */
  record Partition(OptionalInt evaluations) implements Estimator {
    @Override
    public String label() {
      return numbered("partition", evaluations);
    }
  }

  /** Enumeration of all coalitions of each side; for few players. */
  record Exact() implements Estimator {
    @Override
    public String label() {
      return "exact";
    }
  }

  /** The default: factorised Shapley values of Latin orders. */
  static Estimator standard() {
    return new Factorised(Orders.LATIN, Value.SHAPLEY);
  }

  private static String numbered(String name, OptionalInt number) {
    return number.isEmpty() ? name : name + ":" + number.getAsInt();
  }

  /**
   * The estimator of that name: {@code factorised-latin}, {@code factorised}, {@code owen}, {@code
   * exact}, or {@code permutation}, {@code kernel}, {@code partition}, the last three alone or with
   * a number as in {@code permutation:10}.
   *
   * @throws InputException if it names none
   */
  static Estimator named(String label) {
    Matcher parts = Pattern.compile("([a-z-]+)(?::([1-9]\\d{0,6}))?").matcher(label);
    if (!parts.matches()) {
      throw unknown(label);
    }
    OptionalInt number =
        parts.group(2) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group(2)));
    return switch (parts.group(1)) {
      case "permutation" -> new Permutation(number);
      case "kernel" -> new Kernel(number);
      case "partition" -> new Partition(number);
      default -> unnumbered(label);
    };
  }

  private static Estimator unnumbered(String label) {
    return switch (label) {
      case "factorised-latin" -> standard();
      case "factorised" -> new Factorised(Orders.INDEPENDENT, Value.SHAPLEY);
      case "owen" -> new Factorised(Orders.LATIN, Value.OWEN);
      case "exact" -> new Exact();
      default -> throw unknown(label);
    };
  }

  private static InputException unknown(String label) {
    return new UsageException(
        "--estimator",
        "\"" + label + "\"",
        "factorised-latin, factorised, owen, exact, permutation[:N], kernel[:N] or partition[:N]",
        "leave --estimator out for the default");
  }
}
