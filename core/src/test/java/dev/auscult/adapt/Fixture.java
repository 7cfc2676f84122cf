package dev.auscult.adapt;

import dev.auscult.learning.DoubleRows;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the scripts in conformance/ wrote. */
final class Fixture {
  private Fixture() {}

  static JsonNode read(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] doubles(JsonNode node) {
    return IntStream.range(0, node.size()).mapToDouble(i -> node.get(i).doubleValue()).toArray();
  }

  static double[][] rows(JsonNode node) {
    return IntStream.range(0, node.size())
        .mapToObj(i -> doubles(node.get(i)))
        .toArray(double[][]::new);
  }

  static float[][] floatRows(JsonNode node) {
    FloatMatrix matrix = matrix(node);
    return Rows.of(matrix);
  }

  static FloatMatrix matrix(JsonNode node) {
    return DoubleRows.matrix(rows(node), node.get(0).size());
  }

  static List<Integer> integers(JsonNode node) {
    return IntStream.range(0, node.size()).mapToObj(i -> node.get(i).intValue()).toList();
  }

  static List<List<Integer>> labels(JsonNode node) {
    List<List<Integer>> labels = new ArrayList<>();
    node.forEach(of -> labels.add(integers(of)));
    return labels;
  }

  static LabelledFeatures features(JsonNode images, JsonNode labels) {
    return features(matrix(images), labels(labels), "sample");
  }

  static LabelledFeatures features(FloatMatrix images, List<List<Integer>> labels, String prefix) {
    List<String> ids = IntStream.range(0, images.rows()).mapToObj(i -> prefix + " " + i).toList();
    return new LabelledFeatures(ids, images, labels, ids);
  }
}
