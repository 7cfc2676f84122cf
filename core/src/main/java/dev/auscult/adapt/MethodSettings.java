package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A method's settings as a user writes them: names and values, each used or refused. */
final class MethodSettings {
  private final AdaptationMethod method;
  private final Map<String, String> given;
  private final List<String> known = new ArrayList<>();

  MethodSettings(AdaptationMethod method, Map<String, String> given) {
    this.method = method;
    this.given = new LinkedHashMap<>(given);
  }

  private String take(String name, String standard) {
    known.add(name);
    String value = given.remove(name);
    return value == null ? standard : value.strip();
  }

  int wholeNumber(String name, int standard) {
    String value = take(name, Integer.toString(standard));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a whole number, e.g. " + standard);
    }
  }

  /** A whole number, or a word for none, which is the default. */
  OptionalInt wholeNumberOr(String name, String word) {
    String value = take(name, word);
    if (value.equals(word)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(value));
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a whole number, or " + word);
    }
  }

  double number(String name, double standard) {
    String value = take(name, Double.toString(standard));
    return parse(name, value, "a number, e.g. " + standard);
  }

  private double parse(String name, String value, String expected) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number that is not finite.
    }
    throw wrong(name, value, expected);
  }

  /** A number, or the word {@code model} for none. */
  OptionalDouble numberOrModel(String name) {
    String value = take(name, "model");
    return value.equals("model")
        ? OptionalDouble.empty()
        : OptionalDouble.of(parse(name, value, "a number, or model"));
  }

  /** Numbers with commas between. */
  List<Double> numbers(String name, List<Double> standard) {
    String value =
        take(name, standard.stream().map(String::valueOf).collect(Collectors.joining(",")));
    return Arrays.stream(value.split(",", -1))
        .map(part -> parse(name, part.strip(), "numbers with commas between"))
        .toList();
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E standard) {
    String value = take(name, word(standard));
    return Arrays.stream(type.getEnumConstants())
        .filter(choice -> word(choice).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    name,
                    value,
                    "one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(MethodSettings::word)
                            .collect(Collectors.joining(", "))));
  }

  boolean is(String name, String value) {
    return value.equals(given.get(name));
  }

  void drop(String name) {
    known.add(name);
    given.remove(name);
  }

  /** A choice as users write it. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Makes the trainer once every setting is read: refuses what is unknown or out of range. */
  <T> T build(Supplier<T> trainer) {
    if (!given.isEmpty()) {
      String name = given.keySet().iterator().next();
      throw new UsageException(
          "--set " + name,
          "no setting of " + method.term(),
          known.isEmpty() ? "none: it has no settings" : "one of " + String.join(", ", known),
          "correct it or leave it out");
    }
    try {
      return trainer.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--set",
          String.valueOf(e.getMessage()),
          "settings in range",
          "see docs/adaptation.md for what each means",
          e);
    }
  }

  private InputException wrong(String name, String value, String expected) {
    return new UsageException("--set " + name, "\"" + value + "\"", expected, "correct it");
  }
}
