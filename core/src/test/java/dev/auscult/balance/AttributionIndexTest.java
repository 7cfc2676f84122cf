package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributionIndexTest {
  private final Path file;

  AttributionIndexTest(@TempDir Path folder) {
    this.file = folder.resolve("attributions.jsonl");
  }

  private static SampleBalance balance(String id, double phi) {
    return new SampleBalance(
        id,
        Optional.of(new ModalityShare(0.5, 0.1)),
        new TextContributions(List.of("é€" + id), List.of(phi), List.of(0.1)),
        new ImageContributions(1, 1, List.of(-phi), List.of(0.1)),
        new ModalityScores(0, 1, 2, 3),
        Optional.empty(),
        List.of(new Interaction(0, 0, phi)),
        7,
        new Effort(4, 4, "text", 3, OptionalLong.empty()));
  }

  private void write(String... models) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String model : models) {
      for (int i = 0; i < 3; i++) {
        SampleBalance balance = balance("s" + i, i + model.length());
        lines.append(new AttributionLine(model, "faithful", balance).format()).append('\n');
      }
    }
    Files.writeString(file, lines);
  }

  @Test
  void findsEveryLineAgainWithTheSameBits() throws IOException {
    write("a", "other");
    List<AttributionLine> passed = new ArrayList<>();

    AttributionIndex index =
        AttributionIndex.of(file, line -> line.model() + "/" + line.preset(), passed::add);

    assertThat(passed).hasSize(6);
    for (AttributionLine line : passed) {
      assertThat(index.find(line.model() + "/faithful", line.balance().id()))
          .contains(line.balance());
    }
    assertThat(index.find("a/faithful", "s7")).isEmpty();
    assertThat(index.find("none/faithful", "s1")).isEmpty();
  }

  @Test
  void noticesThatTheFileChanged() throws IOException {
    write("a");
    AttributionIndex index = AttributionIndex.of(file, AttributionLine::model, line -> {});
    Files.writeString(file, "x".repeat((int) Files.size(file)));

    assertThatThrownBy(() -> index.find("a", "s1"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another line at byte");
  }

  @Test
  void refusesAFileThatEndsWithinALine() throws IOException {
    write("a");
    Files.writeString(file, Files.readString(file) + "{\"model\":");

    assertThatThrownBy(() -> AttributionIndex.of(file, AttributionLine::model, line -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no attribution at byte");
  }
}
