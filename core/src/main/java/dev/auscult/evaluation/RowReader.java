package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import dev.auscult.data.CsvRow;
import dev.auscult.metric.TemperatureScaling;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns rows of text into numbers, or says what is wrong with them. */
final class RowReader {
  private final Path file;
  private final Header header;
  private final ReadOptions options;
  private final CollectedRows rows;
  private final Map<String, Integer> classNumbers = new HashMap<>();
  private final double[] scores;

  RowReader(Path file, Header header, ReadOptions options) {
    this.file = file;
    this.header = header;
    this.options = options;
    this.rows = new CollectedRows(header);
    this.scores = new double[header.scores().size()];
    header.classes().forEach(name -> classNumbers.put(name, classNumbers.size()));
  }

  /**
   * Takes a row.
   *
   * @param other the rows of the other split, which must not hold its id either
   */
  void add(CsvRow row, RowReader other) {
    String id = row.field(header.id());
    if (id.isEmpty()) {
      throw wrong(row, header.id(), "nothing", "an id", "name the row");
    }
    if (other.rows.ids().row(id) >= 0 || !rows.ids().add(id, row.line())) {
      throw wrong(row, header.id(), "an id for the second time", "each id once", "remove a row");
    }
    for (int index = 0; index < header.truth().size(); index++) {
      rows.addTruth(index, truth(row, header.truth().get(index)));
    }
    addScores(row);
    if (header.patient() >= 0) {
      rows.addPatient(patient(row), row.line());
    }
    header.groups().forEach((name, column) -> addAttribute(row, name, column));
  }

  private void addAttribute(CsvRow row, String name, int column) {
    String value = row.field(column);
    Bands bands =
        name.toLowerCase(Locale.ROOT).equals("age")
            ? options.bands().getOrDefault(name, Bands.AGE)
            : options.bands().get(name);
    if (value.isEmpty()) {
      value = Attribute.UNKNOWN;
    } else if (bands != null) {
      value = bands.name(value);
    }
    rows.addAttribute(name, value, where(row, column));
  }

  private String patient(CsvRow row) {
    String patient = row.field(header.patient());
    if (patient.isEmpty()) {
      throw wrong(
          row, header.patient(), "nothing", "the row's patient", "fill in or drop the column");
    }
    return patient;
  }

  private int truth(CsvRow row, int column) {
    String text = row.field(column);
    if (header.task() == Task.MULTI_CLASS) {
      Integer number = classNumbers.get(text);
      if (number == null) {
        throw wrong(
            row,
            column,
            found(text),
            "one of " + listed(header.classes()),
            "correct it, or add the column 'score." + text + "'");
      }
      return number;
    }
    return switch (text) {
      case "1", "1.0", "True", "true", "TRUE" -> 1;
      case "0", "0.0", "False", "false", "FALSE" -> 0;
      default -> throw wrong(row, column, found(text), "0 or 1", "correct the row");
    };
  }

  private static String listed(List<String> classes) {
    return classes.size() <= 10
        ? String.join(", ", classes)
        : String.join(", ", classes.subList(0, 10)) + " and " + (classes.size() - 10) + " more";
  }

  private void addScores(CsvRow row) {
    for (int index = 0; index < scores.length; index++) {
      scores[index] = number(row, header.scores().get(index));
    }
    if (options.scores() == ScoreKind.LOGIT) {
      double[] probabilities = probabilities();
      System.arraycopy(probabilities, 0, scores, 0, scores.length);
    }
    for (int index = 0; index < scores.length; index++) {
      rows.addScore(index, scores[index]);
    }
  }

  private double[] probabilities() {
    if (header.task() == Task.MULTI_CLASS) {
      return TemperatureScaling.probabilities(scores, 1);
    }
    double[] probabilities = new double[scores.length];
    for (int index = 0; index < scores.length; index++) {
      probabilities[index] = 1 / (1 + Math.exp(-scores[index]));
    }
    return probabilities;
  }

  private double number(CsvRow row, int column) {
    String text = row.field(column);
    boolean probability = options.scores() == ScoreKind.PROBABILITY;
    String expected =
        probability ? "a probability from 0 to 1 with a decimal point" : "a finite number";
    double value = parsed(text);
    if (!Double.isFinite(value)) {
      throw wrong(row, column, found(text), expected, "correct or remove the row");
    }
    if (probability && !(value >= 0 && value <= 1)) {
      throw wrong(
          row,
          column,
          found(text),
          expected,
          "correct the row, or give --scores logit or --scores rank");
    }
    return value;
  }

  /** {@code NaN} of what is no plain decimal number; Java also reads 1d and 0x1p3. */
  private static double parsed(String text) {
    if (text.isEmpty() || !plain(text)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String found(String text) {
    return text.isEmpty() ? "nothing" : "'" + shortened(text) + "'";
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private String where(CsvRow row, int column) {
    return "%s line %d, column '%s'".formatted(file, row.line(), header.columns().get(column));
  }

  private InputException wrong(CsvRow row, int column, String found, String expected, String next) {
    return new InputException(where(row, column), found, expected, next);
  }

  int size() {
    return rows.size();
  }

  IdIndex ids() {
    return rows.ids();
  }

  Predictions finished() {
    return rows.finished();
  }
}
