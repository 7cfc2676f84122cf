package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.cli.Cli.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FindTextCommandTest {
  private final Path folder;

  FindTextCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void plantedTextsAreCounted() throws IOException {
    Path out = folder.resolve("out");
    Outcome outcome =
        Cli.run("find-text", "--data", "phantom:n=24,seed=5", "--plant", "--out", out, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode trial = outcome.json().at("/result/trial");
    assertThat(trial.at("/recall/n").intValue()).isEqualTo(12);
    assertThat(trial.at("/false_alarms/n").intValue()).isEqualTo(12);
    assertThat(trial.at("/recall/value").doubleValue())
        .isGreaterThan(trial.at("/false_alarms/value").doubleValue());
    List<String> images = Files.readAllLines(out.resolve("images.csv"));
    assertThat(images).hasSize(25);
    assertThat(images.get(0)).endsWith("planted,typeface,size,corner,contrast,covered");
    double covered =
        images.stream()
            .skip(1)
            .map(row -> row.substring(row.lastIndexOf(',') + 1))
            .filter(field -> !field.isEmpty())
            .mapToDouble(Double::parseDouble)
            .average()
            .orElseThrow();
    assertThat(covered).isCloseTo(trial.at("/covered/value").doubleValue(), within(1e-12));
    assertThat(out.resolve("boxes.csv")).exists();
    assertThat(out.resolve("index.html")).exists();
  }

  @Test
  void markedPlacesAreCounted() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    BufferedImage page = new BufferedImage(200, 120, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(page, "png", images.resolve("blank.png").toFile());
    for (int letter = 0; letter < 6; letter++) {
      for (int row = 0; row < 14; row++) {
        page.setRGB(20 + 14 * letter, 10 + row, 0xffffff);
        page.setRGB(21 + 14 * letter, 10 + row, 0xffffff);
        page.setRGB(20 + 14 * letter + row / 2, 23, 0xffffff);
        page.setRGB(20 + 14 * letter + row / 2, 22, 0xffffff);
      }
    }
    ImageIO.write(page, "png", images.resolve("text.png").toFile());
    Path data = folder.resolve("manifest.csv");
    Files.writeString(data, "id,image,text\na,images/text.png,x\nb,images/blank.png,y\n");
    Path marked = folder.resolve("marked.csv");
    Files.writeString(
        marked,
        """
        image,left,top,right,bottom
        text.png,19,9,98,25
        text.png,20,90,60,110
        blank.png,,,,
        """);

    Outcome outcome =
        Cli.run(
            "find-text",
            "--data",
            data,
            "--marked",
            marked,
            "--out",
            folder.resolve("m"),
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode found = outcome.json().at("/result/marked");
    assertThat(found.at("/recall/value").doubleValue()).isEqualTo(0.5);
    assertThat(found.at("/recall/n").intValue()).isEqualTo(2);
    assertThat(found.at("/precision/value").doubleValue()).isEqualTo(1);
  }

  @Test
  void aMarkedPlaceThatIsNoneIsNamedWithItsLine() throws IOException {
    Path marked = folder.resolve("marked.csv");
    Files.writeString(marked, "image,left,top,right,bottom\na.png,5,5,4,9\n");

    Outcome outcome =
        Cli.run(
            "find-text", "--data", "phantom:n=2", "--marked", marked, "--out", folder.resolve("m"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("marked.csv line 2", "5, 5 to 4, 9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"find-text", "overlay", "features", "embed"})
  void anUnknownDataSetIsWrongUsage(String command) {
    Object[] words =
        command.equals("find-text")
            ? new Object[] {command, "--data", "phantoms", "--out", folder.resolve("x")}
            : new Object[] {
              command, "--model", "phantom", "--data", "phantoms", "--out", folder.resolve("x")
            };

    Outcome outcome = Cli.run(words);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains("phantoms", "vqa-rad:FOLDER", "phantom, sketches");
  }

  @Test
  void maskingIsRecordedAndChangesTheData() {
    JsonNode plain = embedded(folder.resolve("plain"));
    JsonNode masked = embedded(folder.resolve("masked"), "--mask-text");

    assertThat(masked.at("/config/mask_text").stringValue()).startsWith("text-finder/");
    assertThat(plain.at("/config/mask_text").isMissingNode()).isTrue();
    assertThat(masked.at("/provenance/data")).isNotEqualTo(plain.at("/provenance/data"));
  }

  private static JsonNode embedded(Path out, Object... more) {
    Object[] words = {
      "embed",
      "--model",
      "phantom",
      "--data",
      "phantom:n=4,overlay",
      "--cache",
      out.resolveSibling("cache"),
      "--out",
      out + ".safetensors",
      "--json"
    };
    Outcome outcome =
        Cli.run(
            java.util.stream.Stream.concat(
                    java.util.Arrays.stream(words), java.util.Arrays.stream(more))
                .toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json();
  }
}
