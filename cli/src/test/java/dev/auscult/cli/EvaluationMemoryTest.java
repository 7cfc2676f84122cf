package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command in a process of its own, with little memory. */
class EvaluationMemoryTest {
  private static final long HEAP = 64L << 20;

  /** Of which the rows may take three quarters, at 198 bytes each. */
  private static final int MOST_ROWS = (int) (HEAP * 3 / 4 / 198);

  private final Path folder;

  EvaluationMemoryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How a process ended and what it said. */
  private record Ended(int code, String said) {}

  private Ended evaluate(Path... files) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.auscult.cli.Main",
                "evaluate",
                files[0].toString(),
                "--out",
                folder.resolve("out").toString(),
                "--bootstrap",
                "100",
                "--threads",
                "2"));
    if (files.length > 1) {
      words.addAll(List.of("--compare", files[1].toString()));
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Ended(process.waitFor(), Files.readString(log));
  }

  private Path write(String name, int rows, int noteLength, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    String note = "word\n".repeat(noteLength / 5);
    Path file = folder.resolve(name);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("id,y_true,score,note\n");
      for (int row = 0; row < rows; row++) {
        double score = random.nextDouble();
        int truth = row % 3 == 0 ? 1 : 0;
        out.write("%d,%d,%.6f,\"%s\"\n".formatted(row, truth, score, note));
      }
    }
    return file;
  }

  @Test
  void aFileLargerThanMemoryIsReadIfItsNumbersFit() throws Exception {
    Path file = write("reports.csv", 3000, 30_000, 1);
    assertThat(Files.size(file)).isGreaterThan(HEAP + HEAP / 4);

    assertThat(evaluate(file)).extracting(Ended::code).isEqualTo(0);
  }

  @Test
  void asManyRowsAsAreReadCanBeEvaluatedToo() throws Exception {
    Path file = write("most.csv", MOST_ROWS, 0, 1);

    Ended most = evaluate(file);

    assertThat(most.code()).as(most.said()).isZero();
    assertThat(most.said()).contains("report: ");
  }

  @Test
  void asManyRowsAsAreReadCanBeComparedToo() throws Exception {
    Path first = write("first.csv", MOST_ROWS / 2, 0, 1);
    Path second = write("second.csv", MOST_ROWS / 2, 0, 2);

    Ended most = evaluate(first, second);

    assertThat(most.code()).as(most.said()).isZero();
  }

  @Test
  void moreRowsThanFitAreRefusedInOneLine() throws Exception {
    Path file = write("more.csv", MOST_ROWS + 1, 0, 1);

    Ended more = evaluate(file);

    assertThat(more.code()).isEqualTo(1);
    assertThat(more.said().strip())
        .doesNotContain("\n")
        .contains("more rows than fit into memory", "AUSCULT_JAVA_OPTS=-Xmx1g");
  }
}
