package dev.auscult.evaluation;

import java.util.List;

/** One attribute of all observations, such as sex or site. Immutable. */
public final class Attribute {
  /** Of observations about which nothing is known. */
  public static final String UNKNOWN = "unknown";

  private final String name;
  private final List<String> values;
  private final int[] codes;

  Attribute(String name, List<String> values, int[] codes) {
    this.name = name;
    this.values = List.copyOf(values);
    this.codes = codes;
  }

  /** Its name, without {@code group.}. */
  public String name() {
    return name;
  }

  /** Every value that occurs, in the order of the file. */
  public List<String> values() {
    return values;
  }

  /** The number of an observation's value. */
  public int code(int row) {
    return codes[row];
  }
}
