package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of one split while a file is read. */
final class CollectedRows {
  private static final int MAX_VALUES = 1000;

  private final Header header;
  private final IdIndex ids = new IdIndex();
  private final List<Column.Whole> truth = new ArrayList<>();
  private final List<Column> scores = new ArrayList<>();
  private final Column.Whole patient = new Column.Whole();
  private final IdIndex patients = new IdIndex();
  private final Map<String, Values> attributes = new LinkedHashMap<>();

  CollectedRows(Header header) {
    this.header = header;
    header.truth().forEach(column -> truth.add(new Column.Whole()));
    header.scores().forEach(column -> scores.add(new Column()));
    header.groups().keySet().forEach(name -> attributes.put(name, new Values()));
  }

  /** Values of an attribute as numbers. */
  private static final class Values {
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final Column.Whole column = new Column.Whole();
  }

  IdIndex ids() {
    return ids;
  }

  int size() {
    return ids.size();
  }

  void addTruth(int index, int value) {
    truth.get(index).add(value);
  }

  void addScore(int index, double value) {
    scores.get(index).add(value);
  }

  /**
   * Takes the next row's patient.
   *
   * @param line of the file where the row begins
   */
  void addPatient(String name, long line) {
    patients.add(name, line);
    patient.add(patients.row(name));
  }

  void addAttribute(String name, String value, String where) {
    Values values = attributes.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no attribute " + name);
    }
    Integer code = values.codes.get(value);
    if (code == null) {
      code = values.codes.size();
      if (code == MAX_VALUES) {
        throw new InputException(
            where,
            "more than " + MAX_VALUES + " different values",
            "an attribute that forms groups",
            "give bands, e.g. --bands " + name + "=40,60, or leave the column out");
      }
      values.codes.put(value, code);
    }
    values.column.add(code);
  }

  Predictions finished() {
    boolean several = header.task() == Task.MULTI_LABEL;
    int n = size();
    int[] rows = patient.toArray();
    if (header.patient() < 0) {
      rows = new int[n];
      for (int row = 0; row < n; row++) {
        rows[row] = row;
      }
    }
    return new Predictions(
        header.task(),
        header.classes(),
        several ? new int[0] : truth.get(0).toArray(),
        several ? labels() : new boolean[0][],
        scores.stream().map(Column::toArray).toArray(double[][]::new),
        rows,
        header.patient() < 0 ? n : patients.size(),
        attributes.entrySet().stream()
            .map(
                entry ->
                    new Attribute(
                        entry.getKey(),
                        List.copyOf(entry.getValue().codes.keySet()),
                        entry.getValue().column.toArray()))
            .toList());
  }

  private boolean[][] labels() {
    boolean[][] labels = new boolean[truth.size()][];
    for (int index = 0; index < labels.length; index++) {
      int[] values = truth.get(index).toArray();
      labels[index] = new boolean[values.length];
      for (int row = 0; row < values.length; row++) {
        labels[index][row] = values[row] == 1;
      }
    }
    return labels;
  }
}
