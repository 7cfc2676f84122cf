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

class RetrieveCommandTest {
  private final Path folder;
  private final Path out;

  RetrieveCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  private Outcome retrieve(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("retrieve", "--out", out, "--bootstrap", 100, "--no-cache"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  @Test
  void bothDirectionsOfEveryModelWithChanceGroupsAndComparisons() throws IOException {
    Outcome outcome =
        retrieve(
            "--model",
            "phantom",
            "--model",
            Cli.MODEL,
            "--data",
            "phantom",
            "--samples",
            40,
            "--by",
            "sex",
            "--by",
            "age=50",
            "--min-group",
            5,
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    assertThat(result.path("images").intValue()).isEqualTo(40);
    JsonNode found = result.at("/models/phantom/image_to_text");
    for (String key : List.of("recall_at_1", "recall_at_5", "recall_at_10", "mrr", "median_rank")) {
      assertThat(found.path(key).propertyNames()).containsExactly("value", "lo", "hi", "n");
    }
    // the phantom model knows phantoms; chance of ten among forty is one in four
    assertThat(found.at("/recall_at_10/value").doubleValue()).isGreaterThan(0.8);
    assertThat(found.at("/chance/recall_at_10").doubleValue()).isCloseTo(0.25, within(1e-12));
    assertThat(found.at("/groups/sex").propertyNames()).containsExactly("F", "M");
    assertThat(found.at("/groups/age").propertyNames()).containsExactly("< 50", ">= 50");
    assertThat(found.at("/gaps/sex/mrr/value").doubleValue()).isBetween(0.0, 1.0);
    JsonNode men = found.at("/groups/sex/M/difference_to_rest/mrr");
    assertThat(men.propertyNames()).containsExactly("value", "lo", "hi", "n", "p", "p_holm");
    assertThat(men.path("p_holm").doubleValue()).isBetween(men.path("p").doubleValue(), 1.0);
    assertThat(result.path("comparisons")).hasSize(8);
    assertThat(Files.readAllLines(out.resolve("ranks.csv"))).hasSize(1 + 2 * 2 * 40);
    String page = Files.readString(out.resolve("index.html"));
    assertThat(page)
        .contains(
            "Examples",
            "tests of a group against",
            "answer right",
            "data:image/png",
            "expectation");
    assertThat(out.resolve("skipped.csv")).doesNotExist();
  }

  @Test
  void equalImagesAndTextsAreOneAndWhatCannotTakePartIsListed() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 3);
    Files.copy(images.resolve("image-000.png"), images.resolve("copy.png"));
    Files.writeString(images.resolve("broken.png"), "no image");
    Path manifest =
        Files.writeString(
            folder.resolve("data.csv"),
            """
            id,image,text
            a,images/image-000.png,one
            b,images/copy.png,two
            c,images/image-001.png,one
            d,images/image-002.png,three
            e,images/broken.png,four
            f,images/image-002.png,
            """);

    Outcome outcome = retrieve("--model", Cli.MODEL, "--data", manifest, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    assertThat(result.path("samples").intValue()).isEqualTo(4);
    assertThat(result.path("images").intValue()).isEqualTo(3);
    assertThat(result.path("texts").intValue()).isEqualTo(3);
    assertThat(result.path("pairs").intValue()).isEqualTo(4);
    assertThat(Files.readAllLines(out.resolve("skipped.csv"))).hasSize(3);
    assertThat(Files.readString(out.resolve("ranks.csv")))
        .contains("image_to_text,a,2,", "text_to_image,a,2,");
  }

  @Test
  void dataWithoutTextsAndUnknownAttributesAreRefused() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 2);
    Path manifest =
        Files.writeString(
            folder.resolve("data.csv"),
            "id,image,text\na,images/image-000.png,\nb,images/image-001.png,\n");

    Outcome textless = retrieve("--model", Cli.MODEL, "--data", manifest);
    Outcome unknown =
        retrieve("--model", Cli.MODEL, "--data", "phantom", "--samples", 5, "--by", "height");

    Outcome twice =
        retrieve("--model", Cli.MODEL, "--data", manifest, "--by", "age=40", "--by", "age");

    assertThat(images).isDirectory();
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("--by age: found it twice");
    assertThat(textless.code()).isEqualTo(1);
    assertThat(textless.err()).contains("none with a text");
    assertThat(unknown.err()).contains("--by height");
  }
}
