package dev.auscult.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The linear probe against scikit-learn (conformance/feature_metrics.py). */
class ProbeCallsTest {
  private static final JsonNode REFERENCE = reference();

  private static JsonNode reference() {
    String name = "linear-probe.json";
    try (InputStream in = ProbeCallsTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[][] points(JsonNode probe) {
    return probe
        .get("points")
        .valueStream()
        .map(row -> row.valueStream().mapToDouble(JsonNode::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  private static int[] ints(JsonNode json) {
    return json.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static int[] called(double[][] points, JsonNode probe, int threads) {
    return new ProbeCalls(points, ints(probe.get("labels")), ints(probe.get("folds")))
        .called(threads, Progress.NONE);
  }

  @Test
  void callsAreThoseOfScikitLearnForAnyNumberOfThreads() {
    for (JsonNode probe : REFERENCE) {
      assertThat(called(points(probe), probe, 1)).containsExactly(ints(probe.get("called")));
      assertThat(called(points(probe), probe, 3)).containsExactly(ints(probe.get("called")));
    }
  }

  @Test
  void vectorsThatLieCloseTogetherAreCalledTheSame() {
    JsonNode probe = REFERENCE.get(0);
    double[][] narrow =
        Arrays.stream(points(probe))
            .map(row -> Arrays.stream(row).map(value -> .03125 * value + 4).toArray())
            .toArray(double[][]::new);

    assertThat(called(narrow, probe, 1)).containsExactly(ints(probe.get("called")));
  }
}
