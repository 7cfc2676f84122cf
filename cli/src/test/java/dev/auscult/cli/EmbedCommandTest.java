package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {
  private final Path folder;
  private final Path out;

  EmbedCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("results").resolve("embeddings.safetensors");
  }

  @Test
  void imagesBecomeUnitRowsWithTheirPathsAsIds() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 10);
    Pictures.folder(images.resolve("below"), 1);
    Files.writeString(images.resolve("notes.txt"), "no image, and not named as one");

    Outcome outcome = embed("--images", images);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("[11, 16]");
    SafetensorsFile file = SafetensorsFile.open(out);
    assertThat(file.get("embeddings").shape()).containsExactly(11L, 16L);
    assertThat(file.metadata().get("ids"))
        .startsWith("[\"below/image-000.png\",\"image-000.png\",");
    float[] values = file.get("embeddings").toFloats();
    for (int row = 0; row < 11; row++) {
      double square = 0;
      for (int k = 0; k < 16; k++) {
        square += values[16 * row + k] * values[16 * row + k];
      }
      assertThat(square).isBetween(1 - 1e-5, 1 + 1e-5); // float rounding of 16 squares
    }
  }

  @Test
  void textsAreNumberedByTheirLines() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts"), "effusion\n\nno finding\n");

    Outcome outcome = embed("--texts", texts, "--json");

    assertThat(outcome.json().at("/result/n").asInt()).isEqualTo(2);
    assertThat(outcome.json().at("/provenance/model/0/family").asString()).startsWith("CLIP");
    assertThat(SafetensorsFile.open(out).metadata().get("ids")).isEqualTo("[\"1\",\"3\"]");
  }

  @Test
  void whatCannotBeReadIsLeftOutAndListed() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 3);
    Files.writeString(images.resolve("broken.png"), "this is text");
    Files.write(images.resolve("empty.jpg"), new byte[0]);
    byte[] whole = Files.readAllBytes(images.resolve("image-000.png"));
    Files.write(images.resolve("truncated.png"), java.util.Arrays.copyOf(whole, whole.length / 2));

    Outcome outcome = embed("--images", images, "--json");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.json().at("/result/n").asInt()).isEqualTo(3);
    assertThat(outcome.json().at("/result/skipped").asInt()).isEqualTo(3);
    assertThat(outcome.err()).contains("left out 3");
    assertThat(Files.readAllLines(out.resolveSibling("embeddings.safetensors.skipped.csv")))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).startsWith("broken.png,"))
        .anySatisfy(line -> assertThat(line).startsWith("empty.jpg,"))
        .anySatisfy(line -> assertThat(line).startsWith("truncated.png,"));
  }

  @Test
  void theListOfWhatWasLeftOutBelongsToItsFileAlone() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 2);
    Path broken = Files.writeString(images.resolve("broken.png"), "this is text");
    Files.createDirectories(out.getParent());
    Path ofAnotherRun = Files.writeString(out.resolveSibling("skipped.csv"), "id,reason\n");
    Path own = out.resolveSibling("embeddings.safetensors.skipped.csv");
    embed("--images", images);
    assertThat(own).exists();
    Files.delete(broken);

    embed("--images", images);

    assertThat(own).doesNotExist();
    assertThat(ofAnotherRun).hasContent("id,reason\n");
  }

  @Test
  void nothingReadableIsAFailureThatWritesNothing() throws IOException {
    Path image = Files.writeString(folder.resolve("text.png"), "this is text");

    Outcome outcome = embed("--images", image);

    Hostile.assertRefused(outcome, "text.png");
    assertThat(out).doesNotExist();
  }

  @Test
  void anInterruptedRunResumesToTheSameBytes() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 40);
    Object[] command = {
      "embed",
      "--model",
      Cli.MODEL,
      "--images",
      images,
      "--out",
      out,
      "--cache",
      folder.resolve("cache")
    };

    Outcome interrupted = Cli.runUntil(Cli.stopAtStep(3), command);

    assertThat(interrupted.code()).isEqualTo(130);
    assertThat(interrupted.out()).isEmpty();
    assertThat(interrupted.err()).contains("the same command");
    assertThat(out).doesNotExist();

    Outcome resumed = Cli.run(command);
    byte[] afterResuming = Files.readAllBytes(out);
    Outcome fresh = embed("--images", images, "--no-cache");

    assertThat(resumed.code()).isZero();
    assertThat(resumed.err()).contains("24 encoded, the rest from the cache");
    assertThat(fresh.code()).isZero();
    assertThat(Files.readAllBytes(out)).isEqualTo(afterResuming);
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeAnyWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    Outcome outcome =
        Cli.run(
            "embed", "--model", "nowhere", "--images", "nowhere", "--out", file.resolve("x.st"));

    Hostile.assertRefused(outcome, "cannot be written");
  }

  @Test
  void quietLeavesOnlyTheResult() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 2);

    Outcome outcome = embed("--images", images, "--quiet");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines()).hasSize(1);
  }

  /** Kernels that round partitions differently move the last bits (docs/performance.md). */
  @Test
  void theNumberOfThreadsChangesNoFigure() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 20);
    embed("--images", images, "--threads", "1");
    SafetensorsFile one = SafetensorsFile.open(out);
    Path other = out.resolveSibling("two.safetensors");

    embed("--images", images, "--threads", "2", "--out", other);

    SafetensorsFile two = SafetensorsFile.open(other);
    assertThat(two.metadata()).isEqualTo(one.metadata());
    assertThat(two.get("embeddings").toFloats())
        .containsExactly(one.get("embeddings").toFloats(), within(1e-6f));
  }

  @Test
  void textThatIsNoTextIsRefused() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Path empty = Files.writeString(folder.resolve("empty"), "\n\n");

    Hostile.assertRefused(embed("--texts", binary), "not UTF-8");
    Hostile.assertRefused(embed("--texts", empty), "no text");
    Hostile.assertRefused(embed("--texts", folder.resolve("nowhere")), "no such file");
  }

  private Outcome embed(Object... more) {
    List<Object> words = new java.util.ArrayList<>(List.of("embed", "--model", Cli.MODEL));
    words.addAll(List.of(more));
    if (!words.contains("--out")) {
      words.addAll(List.of("--out", out));
    }
    if (!words.contains("--cache") && !words.contains("--no-cache")) {
      words.add("--no-cache");
    }
    return Cli.run(words.toArray());
  }
}
