package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManySamplesTest {
  private static final int FEW = 500;
  private static final int MANY = 10_000;

  /**
   * The numbers of a sample that its summary needs, with its id, its cluster and its text's hash.
   */
  private static final long BYTES_PER_SAMPLE = 1_000;

  private final Path folder;

  ManySamplesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Notes the memory in use after some samples. */
  private static final class Memory implements Progress {
    private long afterFew;
    private long afterMany;

    @Override
    public Task begin(String name, long total) {
      return new Task() {
        private long done;

        @Override
        public void advance(long by) {
          done += by;
          if (by > 0 && done == FEW) {
            afterFew = used();
          } else if (by > 0 && done == MANY) {
            afterMany = used();
          }
        }

        @Override
        public void close() {}
      };
    }

    private static long used() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  @Test
  void tenThousandSamplesTakeTheMemoryOfFiveHundred() throws IOException {
    BalanceConfig config =
        BalanceConfig.faithful(AuditTask.ISA, new Seed(1)).withBudget(PassBudget.of(110));
    Memory memory = new Memory();
    ToyData data = differentCaptions();
    ModalityBalance balance;

    try (AuditRows rows = AuditRows.open(folder, ContentHash.of("many"))) {
      balance =
          new ModalityBalanceAudit(new ToyDualEncoder(), config, data)
              .run(rows.of("toy", Preset.FAITHFUL), memory)
              .balance();
      rows.finish(AuditTask.ISA, data.skipped());
    }

    assertThat(balance.n()).isEqualTo(MANY);
    assertThat(memory.afterFew).isPositive();
    assertThat(memory.afterMany - memory.afterFew)
        .as("bytes more after %d samples than after %d", MANY, FEW)
        .isLessThan((MANY - FEW) * BYTES_PER_SAMPLE);
    try (Stream<String> lines = Files.lines(folder.resolve("samples.csv"))) {
      assertThat(lines).hasSize(1 + MANY);
    }
    System.out.println(
        "GROWTH " + (memory.afterMany - memory.afterFew) + " few " + memory.afterFew);
  }

  /** Hardly any two share a text, whose vectors would be worth remembering. */
  private static ToyData differentCaptions() {
    return new ToyData(
        IntStream.range(0, MANY)
            .mapToObj(
                i ->
                    ToyData.sample(
                        "s" + i,
                        new ToyData.RandomImage(i),
                        Optional.of("image %d of series %d".formatted(i % 100, i / 100)),
                        "p" + i,
                        null,
                        null,
                        null))
            .toList());
  }
}
