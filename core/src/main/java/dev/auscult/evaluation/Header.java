package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a file of predictions is what.
 *
 * @param task that the columns describe
 * @param classes names of classes or labels, in the order of their scores; of a binary task one
 * @param id the column of ids
 * @param truth columns of the truth: one, or one per label in the order of {@code classes}
 * @param scores columns of scores, in the order of {@code classes}
 * @param patient the column of patients, or -1
 * @param split the column of splits, or -1
 * @param groups columns of attributes by name without {@code group.}
 * @param columns every name, in order
 */
record Header(
    Task task,
    List<String> classes,
    int id,
    List<Integer> truth,
    List<Integer> scores,
    int patient,
    int split,
    Map<String, Integer> groups,
    List<String> columns) {
  /** What the positive class of a binary task is called. */
  static final String POSITIVE = "positive";

  private static final String TRUTH = "y_true";
  private static final String SCORE = "score";
  private static final String GROUP = "group.";
  private static final String DELIMITERS = ";\t|,";
  private static final String FORMS =
      "id, y_true, score (binary); id, y_true, score.<class> (several classes); or id,"
          + " y_true.<label>, score.<label> (several labels)";

  /**
   * Recognises the columns.
   *
   * @param place of the header, as messages name it
   * @throws InputException if one is missing, or they fit no task
   */
  static Header of(String place, List<String> columns, char delimiter) {
    refuseOtherDelimiter(place, columns, delimiter);
    if (!columns.contains("id")) {
      throw missing(place, columns, "'id'");
    }
    Map<String, Integer> scores = named(columns, SCORE + ".");
    Map<String, Integer> labels = named(columns, TRUTH + ".");
    boolean oneTruth = columns.contains(TRUTH);
    boolean oneScore = columns.contains(SCORE);
    if (oneTruth == !labels.isEmpty() || oneScore == !scores.isEmpty()) {
      throw missing(place, columns, "either one truth or one per label, and scores likewise");
    }
    if (!labels.isEmpty()) {
      return labels(place, columns, labels, scores);
    }
    if (!oneScore && scores.size() < 2) {
      throw missing(place, columns, "scores of at least two classes");
    }
    return oneScore
        ? header(
            columns,
            Task.BINARY,
            List.of(POSITIVE),
            List.of(columns.indexOf(TRUTH)),
            List.of(columns.indexOf(SCORE)))
        : header(
            columns,
            Task.MULTI_CLASS,
            List.copyOf(scores.keySet()),
            List.of(columns.indexOf(TRUTH)),
            List.copyOf(scores.values()));
  }

  private static Header labels(
      String place,
      List<String> columns,
      Map<String, Integer> labels,
      Map<String, Integer> scores) {
    List<Integer> matched = new ArrayList<>();
    for (String label : labels.keySet()) {
      Integer score = scores.get(label);
      if (score == null) {
        throw missing(place, columns, "'score." + label + "' beside 'y_true." + label + "'");
      }
      matched.add(score);
    }
    for (String label : scores.keySet()) {
      if (!labels.containsKey(label)) {
        throw missing(place, columns, "'y_true." + label + "' beside 'score." + label + "'");
      }
    }
    return header(
        columns,
        Task.MULTI_LABEL,
        List.copyOf(labels.keySet()),
        List.copyOf(labels.values()),
        matched);
  }

  private static Header header(
      List<String> columns,
      Task task,
      List<String> classes,
      List<Integer> truth,
      List<Integer> scores) {
    return new Header(
        task,
        classes,
        columns.indexOf("id"),
        truth,
        scores,
        columns.indexOf("patient"),
        columns.indexOf("split"),
        named(columns, GROUP),
        List.copyOf(columns));
  }

  /** Columns whose names begin so, by the rest of their names. */
  private static Map<String, Integer> named(List<String> columns, String prefix) {
    Map<String, Integer> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (column.startsWith(prefix) && column.length() > prefix.length()) {
        named.put(column.substring(prefix.length()), i);
      }
    }
    return named;
  }

  private static void refuseOtherDelimiter(String place, List<String> columns, char delimiter) {
    if (columns.size() != 1) {
      return;
    }
    String line = columns.get(0);
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char other = DELIMITERS.charAt(i);
      if (other != delimiter && line.indexOf(other) >= 0) {
        throw new InputException(
            place,
            "fields parted by " + quoted(other),
            "fields parted by " + quoted(delimiter),
            "give --delimiter " + quoted(other) + ", or save the file anew");
      }
    }
  }

  private static String quoted(char delimiter) {
    return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
  }

  private static InputException missing(String place, List<String> columns, String what) {
    return new InputException(
        place,
        columns.isEmpty() ? "no header" : "the columns " + String.join(", ", columns),
        what + ": " + FORMS,
        "add or rename columns");
  }
}
