package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import java.util.Arrays;
import java.util.List;

/** A choice with a name that options and results use. */
public interface Labelled {

  /** The name. */
  String label();

  /**
   * The choice of that name.
   *
   * @param option which option asks, for the message
   * @throws InputException naming the choices there are
   */
  static <E extends Enum<E> & Labelled> E named(Class<E> choices, String option, String label) {
    List<E> all = Arrays.asList(choices.getEnumConstants());
    return all.stream()
        .filter(choice -> choice.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    option,
                    "\"" + label + "\"",
                    "one of " + all.stream().map(Labelled::label).toList(),
                    "use " + option + " " + all.get(0).label()));
  }
}
