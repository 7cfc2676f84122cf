package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command in a process of its own, with little memory. */
class EvaluationMemoryTest {
  private static final long HEAP = 64L << 20;

  /** More rows than fit under any collector. */
  private static final int TOO_MANY = 300_000;

  private static final Pattern MOST = Pattern.compile("expected at most (\\d+) in");

  private final Path folder;

  EvaluationMemoryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How a process ended and what it said. */
  private record Ended(int code, String said) {}

  private Ended evaluate(String collector, Path... files) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+Use" + collector,
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.auscult.cli.Main",
                "evaluate",
                files[0].toString(),
                "--out",
                folder.resolve("out of " + files[0].getFileName()).toString(),
                "--bootstrap",
                "100",
                "--threads",
                "2"));
    if (files.length > 1) {
      words.addAll(List.of("--compare", files[1].toString()));
    }
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
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

    Ended ended = evaluate("G1GC", file);

    assertThat(ended.code()).as(ended.said()).isZero();
  }

  /** What the refusal names as the most can be evaluated, with a margin of a tenth. */
  @Test
  void tooManyRowsAreRefusedInOneLineAndThoseThatItAllowsAreEvaluated() throws Exception {
    Ended refused = evaluate("SerialGC", write("more.csv", TOO_MANY, 0, 1));

    assertThat(refused.code()).as(refused.said()).isEqualTo(1);
    assertThat(refused.said().strip())
        .doesNotContain("\n")
        .contains("more rows than fit into memory", "AUSCULT_JAVA_OPTS=-Xmx1g");
    Ended most = evaluate("SerialGC", write("most.csv", most(refused) * 9 / 10, 0, 1));
    assertThat(most.code()).as(most.said()).isZero();
    assertThat(most.said()).contains("report: ");
  }

  @Test
  void twoFilesTogetherAreRefusedOrComparedLikewise() throws Exception {
    Path many = write("more.csv", TOO_MANY, 0, 1);
    Ended refused = evaluate("SerialGC", many, many);
    int rows = most(refused) * 9 / 10;

    Ended compared =
        evaluate("SerialGC", write("first.csv", rows, 0, 1), write("second.csv", rows, 0, 2));

    assertThat(refused.said()).contains("for 2 files");
    assertThat(compared.code()).as(compared.said()).isZero();
  }

  private static int most(Ended refused) {
    Matcher most = MOST.matcher(refused.said());
    assertThat(most.find()).as(refused.said()).isTrue();
    return Integer.parseInt(most.group(1));
  }
}
