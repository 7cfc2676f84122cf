package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
  private static final String PHANTOMS = "phantom:n=60,size=64";
  private static final String OTHERS = "phantom:n=30,size=64,seed=3";

  /** An encoder of images only. */
  private static final Path DINO = Cli.MODEL.resolve("../../zoo/dinov2/model").normalize();

  private final Path folder;

  FeaturesCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Outcome run(Path out, Object... more) {
    Object[] words = new Object[more.length + 8];
    Object[] first = {
      "features", "--out", out, "--bootstrap", 100, "--no-cache", "--json", "--quiet"
    };
    System.arraycopy(first, 0, words, 0, 8);
    System.arraycopy(more, 0, words, 8, more.length);
    return Cli.run(words);
  }

  @Test
  void modelsAreComparedOnSeveralDataSets() throws IOException {
    Path out = folder.resolve("out");

    Outcome outcome =
        run(out, "--model", "phantom", "--model", DINO, "--data", PHANTOMS, "--data", OTHERS);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/data/0/models/0/linear_probe/value").isNumber()).isTrue();
    assertThat(outcome.json().at("/result/data/0/models/0/modality_gap/value").isNumber()).isTrue();
    assertThat(outcome.json().at("/result/data/0/models/1/modality_gap/value").isNull()).isTrue();
    assertThat(outcome.json().at("/result/data/1/cka/0/1").isNumber()).isTrue();
    assertThat(outcome.json().at("/result/comparisons")).hasSize(2 * 3);
    assertThat(outcome.json().at("/result/data/1/cka_lo/0/1").isNumber()).isTrue();
    assertThat(outcome.json().at("/result/verdict")).hasSize(2);
    assertThat(outcome.json().at("/result/verdict/1").asString())
        .as("both are called phantom")
        .contains(OTHERS);
    assertThat(Files.readAllLines(out.resolve("figures.csv"))).hasSize(1 + 2 * 2 * 9);
    assertThat(Files.readAllLines(out.resolve("cka.csv"))).hasSize(1 + 2 * 4);
    assertThat(Files.readAllLines(out.resolve("map-1.csv"))).hasSize(1 + 2 * 60);
    assertThat(out.resolve("pictures").resolve("maps-2.svg")).isNotEmptyFile();
    assertThat(out.resolve("tables").resolve("verdict.tex")).isNotEmptyFile();
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("Which features separate the classes better?")
        .contains("How to read this");
  }

  @Test
  void theSameCommandGivesTheSameFilesAndAnotherIsRefused() throws IOException {
    Path out = folder.resolve("out");
    Object[] words = {"--model", "phantom", "--data", OTHERS, "--projection", "umap"};
    Object[] others = {"--model", "phantom", "--data", OTHERS, "--projection", "pca"};
    assertThat(run(out, words).code()).isZero();
    String figures = Files.readString(out.resolve("figures.csv"));
    String map = Files.readString(out.resolve("map-1.csv"));

    assertThat(run(out, words).code()).isZero();
    Outcome other = run(out, others);

    assertThat(out.resolve("figures.csv")).hasContent(figures);
    assertThat(out.resolve("map-1.csv")).hasContent(map);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("projection");
  }

  @Test
  void classesCanBeAttributesInBandsAndTextsLeftOut() throws IOException {
    Path out = folder.resolve("out");

    Outcome outcome =
        run(
            out,
            "--model",
            "phantom",
            "--data",
            OTHERS,
            "--by",
            "sex",
            "--by",
            "attr.age=60",
            "--projection",
            "pca",
            "--images-only");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/by").asString()).isEqualTo("sex, age");
    assertThat(outcome.json().at("/result/data/0/classes")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(outcome.json().at("/result/data/1/by").asString()).isEqualTo("age");
    assertThat(outcome.json().at("/result/data/1/classes/0/name").asString()).isEqualTo("< 60");
    assertThat(outcome.json().at("/result/data/1/classes")).hasSize(2);
    assertThat(Files.readAllLines(out.resolve("figures.csv"))).hasSize(1 + 2 * 5 + 4);
    assertThat(Files.readString(out.resolve("index.html"))).contains("phantom by age");
    assertThat(outcome.json().at("/result/data/0/models/0/alignment/value").isNull()).isTrue();
    assertThat(outcome.json().at("/result/verdict/0").asString()).contains("One model alone");
  }

  @Test
  void whatNobodyHasAndWhatIsThereTwiceIsRefusedBeforeAnyWork() {
    Path out = folder.resolve("out");

    Outcome by = run(out, "--model", "phantom", "--data", OTHERS, "--by", "shoe_size");
    Outcome twice = run(out, "--model", "phantom", "--model", "phantom", "--data", OTHERS);

    assertThat(by.code()).isEqualTo(1);
    assertThat(by.err()).contains("--by shoe_size").contains("sex");
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.err()).contains("--model phantom: found the same twice");
    assertThat(out).doesNotExist();
  }
}
