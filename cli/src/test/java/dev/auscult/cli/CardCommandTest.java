package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CardCommandTest {
  private static final String WEIGHTS = "a".repeat(64);
  private static final String DATA = "d".repeat(64);

  private final Path folder;
  private Path out;

  CardCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("card");
  }

  private Outcome card(Object... words) {
    List<Object> all = new ArrayList<>(List.of("card", "--out", out));
    all.addAll(List.of(words));
    return Cli.run(all.toArray());
  }

  /** A folder as a command leaves it. */
  private Path result(String name, String command, String weights, String data, String result)
      throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        made.resolve("result.json"),
        """
        {"command": "auscult %s --out x", "config": {}, "provenance": {"version": "1",
         "model": [{"name": "m", "family": "CLIP", "weights": "%s", "configuration": "%s",
         "notice": "Not for patients."}], "data": {"name": "d", "hash": "%s", "n": 9,
         "skipped": 0}, "seed": 0, "host": {}, "started": "2026-01-01T00:00:00Z", "seconds": 1},
         "result": %s}
        """
            .formatted(command, weights, WEIGHTS, data, result));
    Files.writeString(made.resolve("rows.csv"), "id,score\na,1\n");
    return made;
  }

  private Path audited() throws IOException {
    return result(
        "audited",
        "audit",
        WEIGHTS,
        DATA,
        "{\"models\": [{\"model\": \"m\", \"tscore\": {\"mean\": 0.25, \"sd\": 0.1, \"lo\": 0.2,"
            + " \"hi\": 0.3}}, {\"model\": \"other\", \"tscore\": {\"mean\": 0.75, \"sd\": 0.1,"
            + " \"lo\": 0.7, \"hi\": 0.8}}]}");
  }

  @Test
  void resultsOfRealCommandsAreJoinedByTheirHashes() throws IOException {
    Path sketched = folder.resolve("sketched");
    Path evaluated = folder.resolve("evaluated");
    Outcome first =
        Cli.run(
            "sketches",
            "--model",
            "phantom",
            "--data",
            "sketches:n=60,size=64,drawing=0.9",
            "--bootstrap",
            100,
            "--audit",
            2,
            "--no-cache",
            "--out",
            sketched);
    Outcome second =
        Cli.run(
            "evaluate",
            sketched.resolve("predictions.csv"),
            "--bootstrap",
            100,
            "--out",
            evaluated);
    assertThat(first.code() + second.code()).as(first.err() + second.err()).isZero();

    Outcome outcome = card("--use", "Research <on> sketches", "--json", sketched, evaluated);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    assertThat(result.at("/topics/performance/status").stringValue()).isEqualTo("present");
    assertThat(result.at("/topics/calibration/status").stringValue()).isEqualTo("present");
    assertThat(result.at("/topics/fairness/status").stringValue()).isEqualTo("present");
    assertThat(result.at("/topics/fusion/status").stringValue()).isEqualTo("present");
    assertThat(result.at("/topics/overlay/status").stringValue()).isEqualTo("missing");
    assertThat(result.at("/topics/overlay/command").stringValue()).startsWith("auscult overlay");
    String page = Files.readString(out.resolve("index.html"));
    assertThat(page)
        .contains("Research &lt;on&gt; sketches", "Intended use", "Ethical considerations", "sex F")
        .doesNotContain("<on>");
    Outcome verified = Cli.run("card", "--verify", out);
    assertThat(verified.code()).as(verified.out()).isZero();
  }

  @Test
  void onlyTheModelOfTheCardIsShownInWordsForReaders() throws IOException {
    Outcome outcome = card("--json", audited());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode figures = outcome.json().at("/result/topics/modality_balance/figures");
    assertThat(figures).hasSize(1);
    assertThat(figures.get(0).path("value").doubleValue()).isEqualTo(.25);
    assertThat(figures.get(0).path("name").stringValue())
        .isEqualTo("share of the text in the score (TScore)");
    assertThat(atAGlance())
        .contains("25.0 [20.0, 30.0]% of the score come from the text")
        .doesNotContain("tscore");
  }

  /** The page's words of the overview, without tags. */
  private String atAGlance() throws IOException {
    String page = Files.readString(out.resolve("index.html"));
    String table = page.substring(page.indexOf("What is known, and the command"));
    return table.substring(0, table.indexOf("</table>")).replaceAll("<[^>]+>", " ");
  }

  @Test
  void theOverviewTellsTheVerdictOfTheModelOnBurnedInText() throws IOException {
    String entry =
        "{\"model\": \"%s\", \"modality_balance\": [{\"tscore\": {\"value\": 0.4, \"lo\": 0.3,"
            + " \"hi\": 0.5}}], \"verdict\": {\"kind\": \"%s\", \"difference\": {\"value\": %s,"
            + " \"lo\": %s, \"hi\": %s, \"n\": 9}}}";
    Path overlaid =
        result(
            "overlaid",
            "overlay",
            WEIGHTS,
            DATA,
            "{\"models\": [%s, %s]}"
                .formatted(
                    entry.formatted("other", "does_not_follow", "0.01", "0.0", "0.02"),
                    entry.formatted("m", "follows", "0.25", "0.125", "0.375")));

    assertThat(card(overlaid).code()).isZero();

    assertThat(atAGlance())
        .contains("follows burned-in text: true − contradicting 25.0 [12.5, 37.5] points")
        .doesNotContain("does not follow", "tscore");
  }

  @Test
  void theOverviewTellsWhoIsServedWorseOrTheLargestGap() throws IOException {
    String groups =
        "{\"groups\": {\"sex\": {\"F\": {\"n\": 5, \"auroc\": {\"value\": 0.99, \"lo\": 0.9,"
            + " \"hi\": 1.0}}}}, \"gaps\": {\"age\": {\"auroc\": {\"value\": 0.01, \"lo\": 0.0,"
            + " \"hi\": 0.02}}, \"sex\": {\"auroc\": {\"value\": 0.25, \"lo\": 0.125, \"hi\":"
            + " 0.375}}}, \"findings\": [%s]}";
    String finding =
        "{\"attribute\": \"sex\", \"value\": \"F\", \"metric\": \"balanced_accuracy\","
            + " \"difference\": {\"value\": -0.25, \"lo\": -0.5, \"hi\": -0.125}}";
    Path fair = result("fair", "evaluate", WEIGHTS, DATA, groups.formatted(""));
    Path unfair = result("unfair", "evaluate", WEIGHTS, DATA, groups.formatted(finding));

    assertThat(card(fair).code()).isZero();
    assertThat(atAGlance())
        .contains(
            "no group served worse beyond chance; largest gap: AUROC 0.250 [0.125, 0.375], sex")
        .doesNotContain("0.99");
    out = folder.resolve("second");
    assertThat(card(unfair).code()).isZero();
    assertThat(atAGlance())
        .contains(
            "served worse beyond chance: sex F (balanced accuracy by -0.250 [-0.500, -0.125])");
  }

  @Test
  void groupsTooSmallToCompareAreNotSaidToBeServedAlike() throws IOException {
    Path tiny =
        result(
            "tiny",
            "evaluate",
            WEIGHTS,
            DATA,
            "{\"groups\": {\"sex\": {\"F\": {\"n\": 3, \"standing\": \"too_small\", \"auroc\":"
                + " {\"value\": 0.99, \"lo\": null, \"hi\": null}}}}, \"gaps\": {}, \"findings\": [],"
                + " \"tests\": []}");

    assertThat(card(tiny).code()).isZero();

    assertThat(atAGlance()).contains("no group has enough patients to be compared");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("No group has enough patients to be compared.")
        .doesNotContain("beyond chance");
  }

  @Test
  void featuresOnTheDataOfAnotherCommandAreJoinedWithIt() {
    Path featured = folder.resolve("featured");
    Path retrieved = folder.resolve("retrieved");
    String data = "phantom:n=30,size=64,seed=3";
    for (Path made : List.of(featured, retrieved)) {
      String command = made.equals(featured) ? "features" : "retrieve";
      Outcome outcome =
          Cli.run(
              command,
              "--model",
              "phantom",
              "--data",
              data,
              "--bootstrap",
              100,
              "--no-cache",
              "--out",
              made);
      assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    Outcome joined = card("--json", featured, retrieved);

    assertThat(joined.code()).as(joined.err()).isZero();
    assertThat(joined.json().at("/result/topics/features/status").stringValue())
        .isEqualTo("present");
    assertThat(joined.json().at("/result/topics/retrieval/status").stringValue())
        .isEqualTo("present");
  }

  @Test
  void anUnknownCommandIsShownByItsFigures() throws IOException {
    Path unknown =
        result(
            "unknown",
            "wonder",
            WEIGHTS,
            DATA,
            "{\"deep\": {\"figure\": {\"value\": 0.5, \"lo\": 0.4, \"hi\": 0.6, \"n\": 12}}}");

    assertThat(card(unknown).code()).isZero();

    assertThat(Files.readString(out.resolve("index.html")))
        .contains("auscult wonder", "deep, figure", "0.500 [0.400, 0.600]");
  }

  @Test
  void otherModelsAndDataAreRefusedUnlessTold() throws IOException {
    Path model = result("model", "retrieve", "b".repeat(64), DATA, "{}");
    Path data = result("data", "retrieve", WEIGHTS, "e".repeat(64), "{}");

    assertThat(card(audited(), model).err()).contains("found " + model, "not of m with weights");
    assertThat(card(audited(), data).err()).contains("not on d (9 samples");
    assertThat(out.resolve("index.html")).doesNotExist();
    Outcome told = card("--mixed", audited(), data);
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(Files.readString(out.resolve("index.html"))).contains("not on d (9 samples");
  }

  @Test
  void predictionsThatNoFolderHoldsAreRefused() throws IOException {
    Path evaluated = result("evaluated", "evaluate x.csv", WEIGHTS, DATA, "{}");
    String json = Files.readString(evaluated.resolve("result.json"));
    Files.writeString(
        evaluated.resolve("result.json"),
        json.replaceAll("\"model\": \\[[^\\]]*\\]", "\"model\": []"));

    assertThat(card(audited(), evaluated).err()).contains("nothing says whose they are");
  }

  @Test
  void everyChangeIsReported() throws IOException {
    Path audited = audited();
    assertThat(card(audited).code()).isZero();
    String kept =
        JsonMapper.shared()
            .readTree(Files.readString(out.resolve("card.json")))
            .path("hash")
            .stringValue();
    assertThat(Cli.run("card", "--verify", out, "--expect", kept).code()).isZero();

    Files.writeString(audited.resolve("rows.csv"), "id,score\na,2\n");
    Files.delete(audited.resolve("result.json"));
    Files.writeString(
        out.resolve("index.html"), Files.readString(out.resolve("index.html")) + "<!-- -->");
    Outcome changed = Cli.run("card", "--verify", out);

    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("index.html: SHA-256"))
        .anyMatch(line -> line.startsWith("../audited/rows.csv: SHA-256"))
        .anyMatch(line -> line.equals("../audited/result.json: missing"));
  }

  @Test
  void aChangedByteOfAnyFileOrOfTheSealIsFound() throws IOException {
    Path audited = audited();
    Path rows = Files.createDirectories(audited.resolve("audit")).resolve("samples.csv");
    Files.writeString(rows, "id,tscore\na,0.5\n");
    assertThat(card(audited).code()).isZero();
    Path seal = out.resolve("card.json");
    List<Path> files = new ArrayList<>();
    JsonNode sealed = JsonMapper.shared().readTree(Files.readString(seal));
    for (JsonNode entry : sealed.at("/card/files")) {
      files.add(out.resolve(entry.path("file").stringValue()).normalize());
    }
    assertThat(files)
        .containsExactlyInAnyOrder(
            out.resolve("index.html"),
            out.resolve("result.json"),
            audited.resolve("result.json"),
            audited.resolve("rows.csv"),
            rows);

    for (Path file : files) {
      int length = (int) Files.size(file);
      for (int at : new int[] {0, length / 2, length - 1}) {
        Outcome changed = verifiedWithAnotherByte(file, at);
        assertThat(changed.code()).as("%s at %d", file, at).isEqualTo(1);
        assertThat(changed.out()).contains(file.getFileName() + ": SHA-256");
      }
    }
    for (int at = 0; at < Files.size(seal); at += 41) {
      assertThat(verifiedWithAnotherByte(seal, at).code()).as("seal at %d", at).isEqualTo(1);
    }
    assertThat(Cli.run("card", "--verify", out).code()).isZero();
  }

  private Outcome verifiedWithAnotherByte(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] other = bytes.clone();
    other[at] ^= 1;
    Files.write(file, other);
    Outcome outcome = Cli.run("card", "--verify", out);
    Files.write(file, bytes);
    return outcome;
  }

  @Test
  void aSealThatWasEditedDoesNotHaveItsHash() throws IOException {
    assertThat(card(audited()).code()).isZero();
    Path seal = out.resolve("card.json");
    Files.writeString(seal, Files.readString(seal).replace(WEIGHTS, "c".repeat(64)));

    Outcome changed = Cli.run("card", "--verify", out);

    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.out()).contains("does not have the hash that it states");
  }

  @Test
  void hostileResultsAreRefusedInOneLineOrEscaped() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Path file = broken.resolve("result.json");
    for (String text :
        List.of(
            "",
            "[]",
            "{",
            "{\"command\": 3}",
            "{\"command\": \"rm -rf\", \"provenance\": {}, \"result\": {}}",
            "{\"command\": \"auscult audit\", \"provenance\": {\"version\": \"1\", \"started\":"
                + " \"x\", \"model\": [{\"name\": \"m\", \"family\": \"f\", \"weights\": \"zz\"}]},"
                + " \"result\": {}}",
            "[".repeat(100_000))) {
      Files.writeString(file, text);
      Outcome refused = card(broken);
      assertThat(refused.code()).as(text.substring(0, Math.min(40, text.length()))).isEqualTo(1);
      assertThat(refused.err().strip().lines()).hasSize(1);
      assertThat(refused.err()).contains("result.json").doesNotContain("unexpected failure");
    }
    Path hostile =
        result(
            "hostile",
            "audit",
            WEIGHTS,
            DATA,
            "{\"<script>alert(1)</script>\": {\"value\": 1, \"lo\": 3, \"hi\": \"x\", \"n\": -5}}");
    Outcome escaped = card(hostile);
    assertThat(escaped.code()).as(escaped.err()).isZero();
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert(1)");
  }

  @Test
  void withoutFoldersTheCommandSaysWhatItNeeds() {
    Outcome without = card();

    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("no result folder");
    assertThat(Cli.run("card", "--verify", folder).err()).contains("card.json", "no such file");
  }

  @Test
  void whatHasNoMeaningBesideOtherOptionsIsRefused() throws IOException {
    Outcome unverified = card("--expect", WEIGHTS, audited());
    Outcome both = card("--verify", folder);

    assertThat(unverified.code()).isEqualTo(2);
    assertThat(unverified.err()).contains("--expect", "no --verify");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--verify", "--out");
  }
}
