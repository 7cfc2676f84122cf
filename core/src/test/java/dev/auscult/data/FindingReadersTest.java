package dev.auscult.data;

import static dev.auscult.data.DatasetsTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.ImageFinding.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers of the data sets that the SCALE study adapts to, on folders in the published layouts. */
class FindingReadersTest {
  private static final String NOT_SAID = "a finding whose 'abnormal' is neither true nor false";

  private final Path folder;

  FindingReadersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void derm7ptGivesCriteriaDiagnosisPatientAndSplit() {
    Dataset data = Datasets.open("derm7pt:" + resource("derm7pt"));

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("NEL/Nel001", "NEL/Nel002", "NEL/Nel003");
    Sample melanoma = data.samples().get(1);
    assertThat(melanoma.label()).contains("melanoma");
    assertThat(melanoma.concept()).contains("melanoma (in situ)");
    assertThat(melanoma.patient()).contains("case 9");
    assertThat(melanoma.split()).contains("validation");
    assertThat(melanoma.attributes())
        .containsEntry("pigmentation", "diffuse irregular")
        .containsEntry("blue_whitish_veil", "present")
        .containsEntry("sex", "male");
    assertThat(melanoma.image().read().width()).isEqualTo(16);
    assertThat(data.samples()).extracting(s -> s.label().orElse("")).startsWith("nevus");
    assertThat(data.skipped())
        .extracting(Skipped::reason)
        .containsExactly("there is no file images/NEL/gone.jpg", "case 4 is in no split");
  }

  @Test
  void everyExpressionOfDerm7ptIsACombinationOfItsCriterion() {
    List<ClassConceptPrior> criteria = ClassConceptPrior.open("derm7pt");

    for (Sample sample : Datasets.open("derm7pt:" + resource("derm7pt")).samples()) {
      assertThat(criteria).allSatisfy(prior -> assertThat(prior.combinationsOf(sample)).hasSize(1));
    }
  }

  @Test
  void theFilteredListsOfConsistentDerm7ptAreRead() {
    Dataset data = Datasets.open("derm7pt:" + resource("consistent-derm7pt"));

    assertThat(data.samples()).extracting(Sample::id).containsExactly("NEL/Nel001", "NEL/Nel002");
    assertThat(data.samples().get(1).patient()).contains("case 1");
    assertThat(data.samples())
        .extracting(s -> s.split().orElse(""))
        .contains("train", "validation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train_indexes.csv | indexes\\n0\\n3         | case 3 again, which is in train",
        "test_indexes.csv  | indexes\\n-1            | '-1'; expected the number of a case",
        "test_indexes.csv  | indexes\\nfirst         | 'first'",
        "test_indexes.csv  | indexes\\n99            | a split names case 99",
        "test_indexes.csv  | cases\\n1               | expected a column 'indexes'",
        "valid_indexes.csv | ``                      | expected a column 'indexes'",
        "meta.csv          | diagnosis,derm\\nx,y    | expected a column 'pigment_network'",
      })
  void brokenTablesOfDerm7ptAreNamed(String file, String content, String message)
      throws IOException {
    copy(resource("derm7pt"));
    Files.writeString(folder.resolve("meta").resolve(file), content.replace("\\n", "\n") + "\n");

    assertThatThrownBy(() -> Datasets.open("derm7pt:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void derm7ptWithoutListsSaysWhichAreMissing() throws IOException {
    copy(resource("derm7pt"));
    Files.delete(folder.resolve("meta/train_indexes.csv"));

    assertThatThrownBy(() -> Datasets.open("derm7pt:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train_indexes.csv");
  }

  @Test
  void derm7ptRefusesToLeaveItsFolder() throws IOException {
    copy(resource("derm7pt"));
    Path table = folder.resolve("meta/meta.csv");
    Files.writeString(
        table, Files.readString(table).replaceFirst("NEL/Nel001.jpg", "../../secret.jpg"));

    assertThatThrownBy(() -> Datasets.open("derm7pt:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("climbs with ..");
  }

  @Test
  void padChestGivesFindingsWithLocationsSentencesAndBoxes() {
    Dataset data = Datasets.open("padchest-gr:" + resource("padchest-gr"));

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("study_1.png", "study_2.png", "study_3.png");
    Sample several = data.samples().get(0);
    assertThat(several.findings())
        .extracting(ImageFinding::label)
        .containsExactly("cardiomegaly", "atelectasis", "pleural effusion");
    assertThat(several.label()).isEmpty();
    assertThat(several.findings().get(0).locations()).containsExactly("cardiac");
    assertThat(several.findings().get(0).boxes()).containsExactly(new Box(0.3, 0.4, 0.8, 0.9));
    assertThat(several.findings().get(2).boxes()).hasSize(2);
    assertThat(several.findings().get(2).sentence())
        .contains("Left basal atelectasis with effusion.");
    assertThat(several.text())
        .contains("Enlarged ramp. Left basal atelectasis with effusion. No pneumothorax.");
    assertThat(several.patient()).contains("P1");
    assertThat(several.split()).contains("train");
    assertThat(several.attributes())
        .containsEntry("sex", "F")
        .containsEntry("age", "71")
        .containsEntry("study", "S1");
  }

  @Test
  void padChestTellsTheCombinationsOfThePrior() {
    ClassConceptPrior prior = ClassConceptPrior.open("padchest-gr").get(0);

    assertThat(Datasets.open("padchest-gr:" + resource("padchest-gr")).samples())
        .extracting(prior::combinationsOf)
        .extracting(List::copyOf)
        .containsExactly(List.of(0, 3, 9), List.of(), List.of(10));
  }

  @Test
  void aSingleFindingIsTheLabel() {
    Sample single = Datasets.open("padchest-gr:" + resource("padchest-gr")).samples().get(2);

    assertThat(single.label()).contains("pleural effusion");
    assertThat(single.concept()).contains("right costophrenic angle");
  }

  @Test
  void padChestListsWhatItLeavesOut() {
    assertThat(Datasets.open("padchest-gr:" + resource("padchest-gr")).skipped())
        .extracting(Skipped::reason)
        .containsExactly(
            "it is not in master_table.csv",
            "a box [0.5, 0.5, 1.4, 0.9]",
            "there is no file PadChest_GR/study_6.png");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "grounded_reports_20240819.json | {}                        | JSON that is no list",
        "grounded_reports_20240819.json | [1]                       | study 1: found no object",
        "grounded_reports_20240819.json | [{}]                      | study 1: found no 'ImageID'",
        "grounded_reports_20240819.json | [{\"ImageID\":            | broken JSON",
        "grounded_reports_20240819.json | [] [{\"ImageID\": \"a\"}] | more after the end of its list",
        "master_table.csv               | ImageID,split             | expected a column 'PatientID'",
      })
  void brokenFilesOfPadChestAreNamed(String file, String content, String message)
      throws IOException {
    copy(resource("padchest-gr"));
    Files.writeString(folder.resolve(file), content);

    assertThatThrownBy(() -> Datasets.open("padchest-gr:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[[0.3, 0.4, 0.8, 0.9]]  | [[0.3, 0.4, 0.8]]          | a box that is not four numbers",
        "[[0.3, 0.4, 0.8, 0.9]]  | [[0.8, 0.4, 0.3, 0.9]]     | a box [0.8, 0.4, 0.3, 0.9]",
        "[[0.3, 0.4, 0.8, 0.9]]  | [[0.3, 0.4, NaN, 0.9]]     | broken JSON",
        "[\"cardiomegaly\"]    | \"cardiomegaly\"         | 'labels' is no list",
        "[\"loc cardiac\"]     | [[\"loc cardiac\"]]     | 'locations' holds more than texts",
        "[[0.3, 0.4, 0.8, 0.9]]  | \"none\"                 | 'boxes' is no list",
        "\"findings\"          | \"found\"              | 'findings' is no list",
        "\"findings\": [       | \"findings\": 1, \"x\": [ | 'findings' is no list",
        "\"findings\": [       | \"findings\": [\"effusion\", | " + NOT_SAID,
        "\"abnormal\": true    | \"abnormal\": \"yes\" | " + NOT_SAID,
        "\"abnormal\": true    | \"abnormality\": true | " + NOT_SAID,
      })
  void aBrokenStudyIsLeftOutAlone(String there, String instead, String message) throws IOException {
    copy(resource("padchest-gr"));
    Path reports = folder.resolve("grounded_reports_20240819.json");
    String json = Files.readString(reports).replaceAll("\\s+", " ").replace("[ ", "[");
    json = json.replace(" ]", "]").replace("[[ ", "[[").replace("]]]", "]]");
    String broken = json.replaceFirst(java.util.regex.Pattern.quote(there), instead);
    assertThat(broken).isNotEqualTo(json);
    Files.writeString(reports, broken);

    if (message.equals("broken JSON")) {
      assertThatThrownBy(() -> Datasets.open("padchest-gr:" + folder))
          .hasMessageContaining(message);
    } else {
      assertThat(Datasets.open("padchest-gr:" + folder).skipped().get(0))
          .isEqualTo(new Skipped("study_1.png", message));
    }
  }

  @ParameterizedTest
  @CsvSource({"P9,train", "P1,test", "'',train"})
  void anImageThatTheTableContradictsIsLeftOut(String patient, String split) throws IOException {
    copy(resource("padchest-gr"));
    Path table = folder.resolve("master_table.csv");
    String row = "S1,study_1.png,%s,F,71,%s,atelectasis\n".formatted(patient, split);
    Files.writeString(table, Files.readString(table) + row);

    assertThat(Datasets.open("padchest-gr:" + folder).skipped().get(0))
        .isEqualTo(
            new Skipped("study_1.png", "master_table.csv gives it more than one patient or split"));
  }

  @Test
  void padChestWithoutReportsSaysWhatItLooksFor() throws IOException {
    copy(resource("padchest-gr"));
    Files.delete(folder.resolve("grounded_reports_20240819.json"));

    assertThatThrownBy(() -> Datasets.open("padchest-gr:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("grounded_reports_DATE.json");
  }

  @Test
  void aManifestListsSeveralFindings() throws IOException {
    copy(resource("padchest-gr"));
    Path manifest = folder.resolve("m.csv");
    Files.writeString(
        manifest,
        """
        id,image,text,findings
        a,PadChest_GR/study_1.png,,cardiomegaly @ cardiac; atelectasis @ left @ basal
        b,PadChest_GR/study_2.png,,
        """);

    List<Sample> samples = Datasets.open(manifest.toString()).samples();

    assertThat(samples.get(0).findings())
        .extracting(ImageFinding::locations)
        .containsExactly(List.of("cardiac"), List.of("left", "basal"));
    assertThat(samples.get(1).findings()).isEmpty();
  }

  @Test
  void aFindingWithoutClassInAManifestIsNamed() throws IOException {
    copy(resource("padchest-gr"));
    Path manifest = folder.resolve("m.csv");
    Files.writeString(manifest, "id,image,text,findings\na,PadChest_GR/study_1.png,,@ left\n");

    assertThatThrownBy(() -> Datasets.open(manifest.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2: found the finding '@ left'");
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }
}
