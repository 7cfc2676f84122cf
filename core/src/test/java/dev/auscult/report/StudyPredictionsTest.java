package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyPredictionsTest {

  /** A group of one image each would be resampled like any other, and nobody would read it. */
  @Test
  void attributesOfAsManyValuesAsImagesFormNoGroups() {
    List<Map<String, String>> samples =
        IntStream.range(0, 80)
            .mapToObj(
                i ->
                    Map.of(
                        "study",
                        "examination " + i,
                        "age",
                        Integer.toString(10 + i),
                        "sex",
                        i % 2 == 0 ? "F" : "M"))
            .toList();

    assertThat(StudyPredictions.grouping(samples)).containsExactly("age", "sex");
  }
}
