package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of conformance/hostile_pickles.py; those that hold code create a canary when it runs.
 */
class HostileCheckpointTest {
  private static final Path CORPUS =
      Path.of("src/test/resources/dev/auscult/checkpoint/hostile").toAbsolutePath();

  static Stream<Arguments> corpus() throws IOException {
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readAllBytes(CORPUS.resolve("expected.json")));
    return expected.properties().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue().stringValue()));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void refusesTheFileAndSaysWhatWasFound(String name, String finding) {
    Path file = CORPUS.resolve(name);

    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ": found ")
        .hasMessageContaining(finding)
        .hasMessageNotContaining("\n");
  }

  /** A megabyte for messages and short-lived names, and 300 times the file for its values. */
  @ParameterizedTest
  @MethodSource("corpus")
  void allocatesNoMoreThanTheFileJustifies(String name) throws IOException {
    Path file = CORPUS.resolve(name);
    refuse(file);
    long before = allocatedByThisThread();

    refuse(file);

    assertThat(allocatedByThisThread() - before).isLessThan(1_000_000 + 300 * Files.size(file));
  }

  private static void refuse(Path file) {
    assertThatThrownBy(() -> Weights.open(file)).isInstanceOf(InputException.class);
  }

  private static long allocatedByThisThread() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @AfterAll
  static void nothingRan() {
    assertThat(Path.of("auscult-canary")).doesNotExist();
  }

  @Test
  void coversEveryFileOfTheCorpus() throws IOException {
    TreeMap<String, String> named = new TreeMap<>();
    corpus().forEach(row -> named.put((String) row.get()[0], (String) row.get()[1]));
    try (Stream<Path> files = Files.list(CORPUS)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".pt")))
          .containsExactlyInAnyOrderElementsOf(named.keySet())
          .hasSizeGreaterThan(115);
    }
  }
}
