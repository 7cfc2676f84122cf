package dev.auscult.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.metric.TiedRank;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures beside those of torchmetrics and of ties written out ({@code retrieval_metrics.py}). */
class RetrievalConformanceTest {
  static List<JsonNode> cases() throws IOException {
    try (InputStream in =
        RetrievalConformanceTest.class.getResourceAsStream("retrieval-metrics.json")) {
      JsonNode root = JsonMapper.shared().readTree(Objects.requireNonNull(in, "fixture"));
      List<JsonNode> cases = new ArrayList<>();
      root.path("cases").forEach(cases::add);
      return cases;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void figuresAreThoseOfTheReference(JsonNode reference) {
    JsonNode relevant = reference.path("relevant");

    List<TiedRank> ranks =
        QueryRanks.of(
            matrix(reference.path("queries")),
            matrix(reference.path("candidates")),
            query -> numbers(relevant.path(query)),
            2,
            Progress.NONE);

    for (RetrievalFigure figure : RetrievalFigure.values()) {
      double[] values = ranks.stream().mapToDouble(figure::of).sorted().toArray();
      double found =
          figure.isMean()
              ? Arrays.stream(values).average().orElseThrow()
              : (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
      assertThat(found)
          .as(figure.label())
          .isCloseTo(reference.path("expected").path(figure.label()).doubleValue(), within(1e-12));
    }
  }

  private static List<Integer> numbers(JsonNode list) {
    List<Integer> numbers = new ArrayList<>();
    list.forEach(value -> numbers.add(value.intValue()));
    return numbers;
  }

  private static FloatMatrix matrix(JsonNode rows) {
    int columns = rows.path(0).size();
    float[] values = new float[rows.size() * columns];
    for (int r = 0; r < rows.size(); r++) {
      for (int k = 0; k < columns; k++) {
        values[r * columns + k] = rows.path(r).path(k).floatValue();
      }
    }
    return new FloatMatrix(rows.size(), columns, values);
  }
}
