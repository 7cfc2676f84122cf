package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SketchesCommandTest {
  private static final String DATA = "sketches:n=90,size=64,drawing=0.9";

  private final Path folder;
  private final Path out;

  SketchesCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  private Outcome sketches(Object data, Path to) {
    return sketches(data, 0, to);
  }

  private Outcome sketches(Object data, int audited, Path to) {
    return Cli.run(
        "sketches",
        "--model",
        "phantom",
        "--data",
        data,
        "--bootstrap",
        100,
        "--audit",
        audited,
        "--json",
        "--cache",
        folder.resolve("cache"),
        "--out",
        to);
  }

  @Test
  void theFolderHoldsFiguresPageAndPredictionsThatEvaluateReads() throws IOException {
    Outcome outcome = sketches(DATA, 4, out);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    for (String method : List.of("image", "text", "concatenation", "gated")) {
      for (String metric : List.of("accuracy", "auroc", "ece", "brier")) {
        assertThat(result.at("/methods/" + method + "/" + metric).propertyNames())
            .containsExactly("value", "lo", "hi", "n");
      }
      assertThat(out.resolve("predictions-" + method + ".csv")).exists();
    }
    assertThat(result.at("/methods/image/best_possible_accuracy").doubleValue()).isEqualTo(.95);
    assertThat(result.at("/methods/text/best_possible_accuracy").doubleValue()).isEqualTo(.5);
    assertThat(result.path("comparisons")).hasSize(5);
    assertThat(result.at("/modality_shapley/tscore/value").isNumber()).isTrue();
    JsonNode balance = result.at("/modality_balance/0");
    assertThat(balance.path("preset").asString()).isEqualTo("faithful");
    assertThat(balance.path("n").intValue()).isEqualTo(4);
    assertThat(balance.at("/tscore/lo").doubleValue())
        .isLessThan(balance.at("/tscore/hi").doubleValue());
    assertThat(balance.at("/tscore/mean").doubleValue())
        .as("the drawing alone decides")
        .isLessThan(.35);
    assertThat(Files.readAllLines(out.resolve("audit").resolve("samples.csv"))).hasSize(1 + 4);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("The known truth", "What each adds", "</html>");
    assertThat(Files.readAllLines(out.resolve("modality.csv")))
        .hasSize(1 + result.path("test_samples").intValue());

    Outcome evaluated =
        Cli.run(
            "evaluate",
            out.resolve("predictions.csv"),
            "--bootstrap",
            100,
            "--min-group",
            2,
            "--json",
            "--out",
            folder.resolve("evaluated"));
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    String fused = result.path("fused").stringValue();
    for (String metric : List.of("auroc", "ece", "brier")) {
      assertThat(evaluated.json().at("/result/" + metric + "/value").doubleValue())
          .as(metric)
          .isEqualTo(result.at("/methods/" + fused + "/" + metric + "/value").doubleValue());
    }
  }

  @Test
  void aManifestOfTheSameDrawingsGivesTheSameFigures() throws IOException {
    Path manifest = manifest(Datasets.open(DATA).samples());

    Outcome drawn = sketches(DATA, out);
    Outcome read = sketches(manifest, folder.resolve("read"));

    assertThat(read.code()).as(read.err()).isZero();
    assertThat(read.json().at("/result/methods/gated/auroc"))
        .isEqualTo(drawn.json().at("/result/methods/gated/auroc"));
    assertThat(read.json().path("result").has("truth")).isFalse();
  }

  private Path manifest(List<Sample> samples) throws IOException {
    StringBuilder rows = new StringBuilder("id,image,text,patient,label\n");
    for (Sample sample : samples) {
      RgbImage image = sample.image().read();
      BufferedImage pixels =
          new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          pixels.setRGB(
              x,
              y,
              image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2));
        }
      }
      ImageIO.write(pixels, "png", folder.resolve(sample.id() + ".png").toFile());
      rows.append(
          "%s,%s.png,%s,%s,%s\n"
              .formatted(
                  sample.id(),
                  sample.id(),
                  sample.text().orElseThrow(),
                  sample.patient().orElseThrow(),
                  sample.label().orElseThrow()));
    }
    return Files.writeString(folder.resolve("manifest.csv"), rows);
  }

  @Test
  void theAuditGivesTheTextMoreWhereItDecidesThanWhereTheDrawingDoes() {
    Outcome outcome = sketches("sketches:n=90,size=64,text=0.9", 4, out);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/modality_balance/0/tscore/mean").doubleValue())
        .as("below .35 where the drawing decides; few samples teach little about what to ignore")
        .isGreaterThan(.4);
  }

  @Test
  void dataWithoutOutcomesIsRefusedInOneLine() throws IOException {
    Path manifest =
        manifest(Datasets.open("sketches:n=4,drawing=0,text=0,both=0").samples().subList(0, 1));

    Outcome outcome = sketches(manifest, out);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines().filter(line -> line.contains("outcome"))).hasSize(1);
    assertThat(outcome.err()).contains("at least two outcomes in the column label");
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void impossibleSharesAreRefused() {
    Outcome outcome = sketches("sketches:drawing=0.7,text=0.7", out);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("together at most 1");
  }
}
