package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SearchCommandTest {
  private final Path folder;

  SearchCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Outcome search(Object... more) {
    List<Object> words = new ArrayList<>(List.of("search", "--no-cache"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  @Test
  void anImageFindsItselfFirst() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 12);
    Path out = folder.resolve("out");

    Outcome outcome =
        search(
            "--model",
            Cli.MODEL,
            "--images",
            images,
            "--query-image",
            images.resolve("image-007.png"),
            "--top",
            3,
            "--out",
            out,
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode hits = outcome.json().at("/result/queries/0/hits");
    assertThat(hits).hasSize(3);
    assertThat(hits.at("/0/id").asString()).isEqualTo("image-007.png");
    assertThat(hits.at("/0/score").doubleValue()).isCloseTo(1, within(1e-5));
    assertThat(hits.at("/2/score").doubleValue())
        .isLessThanOrEqualTo(hits.at("/1/score").doubleValue());
    assertThat(Files.readAllLines(out.resolve("hits.csv"))).hasSize(4);
    assertThat(Files.readString(out.resolve("index.html"))).contains("data:image/png");
  }

  @Test
  void wordsFindPhantomsThatShowThem() {
    Outcome outcome =
        search(
            "--model",
            "phantom",
            "--data",
            "phantom:n=60",
            "--query",
            "Severe cardiomegaly.",
            "--top",
            3,
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(
            outcome
                .json()
                .at("/result/queries/0/hits/0/text")
                .asString()
                .toLowerCase(java.util.Locale.ROOT))
        .containsAnyOf("cardiomegaly", "heart");
  }

  @Test
  void anImageFindsTextsEachOnce() {
    Outcome outcome =
        search(
            "--model",
            "phantom",
            "--data",
            "phantom:n=30",
            "--find",
            "texts",
            "--query",
            "No finding.",
            "--query",
            "Pacemaker in place.",
            "--top",
            5);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines()).hasSize(2 + 2 * 5);
  }

  @Test
  void anImageWithSeveralQuestionsIsFoundOnce() throws IOException {
    Pictures.folder(folder.resolve("images"), 2);
    Path manifest = folder.resolve("manifest.csv");
    Files.writeString(
        manifest,
        """
        id,image,text
        a,images/image-000.png,first
        b,images/image-000.png,second
        c,images/image-001.png,third
        """);

    Outcome outcome =
        search("--model", Cli.MODEL, "--data", manifest, "--query", "a chest radiograph", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/searched").intValue()).isEqualTo(2);
    assertThat(outcome.json().at("/result/queries/0/hits")).hasSize(2);
  }

  @Test
  void aFolderOfAnotherRunIsRefusedBeforeAnyWork() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("other.txt"), "x");

    Outcome outcome =
        search(
            "--model", "phantom", "--images", folder.resolve("none"), "--query", "x", "--out", out);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("a folder with other files (other.txt)");
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 1);

    assertThat(search("--model", "phantom", "--images", images).err())
        .contains("nothing to look for");
    assertThat(search("--model", "phantom", "--query", "x").code()).isEqualTo(2);
    assertThat(
            search("--model", "phantom", "--images", images, "--query", "x", "--find", "texts")
                .err())
        .contains("--images, which have no texts");
  }
}
