package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomCommandTest {
  private final Path folder;

  PhantomCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theFolderIsADataSet() throws IOException {
    Path out = folder.resolve("phantoms");

    Outcome outcome = Cli.run("phantom", "--out", out, "--n", 13, "--seed", 7, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/n").asInt()).isEqualTo(13);
    assertThat(outcome.json().at("/result/findings"))
        .allSatisfy(n -> assertThat(n.asInt()).isOne());
    assertThat(Files.readString(out.resolve("index.html"))).contains("</html>");
    assertThat(out.resolve("result.json")).exists();
    assertThat(Datasets.open(out.toString()).samples()).hasSize(13);
  }

  @Test
  void theSeedFixesEveryByte() throws IOException {
    Cli.run("phantom", "--out", folder.resolve("a"), "--n", 3, "--seed", 7);
    Cli.run("phantom", "--out", folder.resolve("b"), "--n", 3, "--seed", 7);
    Cli.run("phantom", "--out", folder.resolve("c"), "--n", 3, "--seed", 8);

    assertThat(folder.resolve("a/truth.jsonl"))
        .hasSameTextualContentAs(folder.resolve("b/truth.jsonl"));
    assertThat(folder.resolve("a/images/phantom-000001.png"))
        .hasSameBinaryContentAs(folder.resolve("b/images/phantom-000001.png"));
    assertThat(Files.readString(folder.resolve("a/truth.jsonl")))
        .isNotEqualTo(Files.readString(folder.resolve("c/truth.jsonl")));
  }

  @Test
  void onlyTheImagesOfTheDegradedSiteChange() throws IOException {
    Path plain = folder.resolve("plain");
    Path harmed = folder.resolve("harmed");
    Cli.run("phantom", "--out", plain, "--n", 13);
    Cli.run("phantom", "--out", harmed, "--n", 13, "--degraded-site", "B");

    int changed = 0;
    for (Sample sample : Datasets.open(plain.toString()).samples()) {
      String image = "images/" + sample.id() + ".png";
      boolean same = Files.mismatch(plain.resolve(image), harmed.resolve(image)) < 0;
      assertThat(same).isEqualTo(!"B".equals(sample.attributes().get("site")));
      changed += same ? 0 : 1;
    }
    assertThat(changed).isBetween(1, 12);
    assertThat(
            Cli.run("phantom", "--out", folder.resolve("d"), "--n", 1, "--degraded-site", "D")
                .code())
        .isEqualTo(2);
  }

  @Test
  void thereIsAtLeastOnePhantom() {
    Outcome outcome = Cli.run("phantom", "--out", folder.resolve("x"), "--n", 0);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--n: found 0; expected 1 or more");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
