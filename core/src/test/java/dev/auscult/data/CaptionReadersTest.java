package dev.auscult.data;

import static dev.auscult.data.DatasetsTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of images with captions, reports or diagnoses, on folders in the published layouts. */
class CaptionReadersTest {

  @Test
  void rocoGivesCaptionsOfBothKindsWithSplitArticleAndTerms() {
    Dataset data = Datasets.open("roco:" + resource("roco"));

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("ROCO_00001", "ROCO_00002", "ROCO_00009");
    Sample first = data.samples().get(0);
    assertThat(first.text()).contains("Axial ramp rising to the right (arrow).");
    assertThat(first.patient()).contains("PMC77");
    assertThat(first.split()).contains("train");
    assertThat(first.attributes())
        .containsEntry("kind", "radiology")
        .containsEntry("keywords", "axial; ramp")
        .containsEntry("cuis", "C0000001; C0000002")
        .containsEntry("semtypes", "T060; Diagnostic Procedure")
        .containsEntry("licence", "CC BY");
    Sample last = data.samples().get(2);
    assertThat(last.split()).contains("test");
    assertThat(last.patient()).isEmpty();
    assertThat(last.attributes()).containsEntry("kind", "non-radiology").hasSize(1);
  }

  @Test
  void rocoFindsImagesUnderTheirArticlesName() {
    Sample second = Datasets.open("roco:" + resource("roco")).samples().get(1);

    assertThat(second.image().name()).endsWith("images/PMC77_fig2.jpg");
    assertThat(second.text()).contains("Ramp – fetched under its article’s name.");
  }

  @Test
  void rocoListsWhatItLeavesOut() {
    assertThat(Datasets.open("roco:" + resource("roco")).skipped())
        .extracting(Skipped::reason)
        .containsExactly(
            "there is no file data/train/radiology/images/ROCO_00003.jpg",
            "no caption",
            "no id before a tab",
            "bytes that are not UTF-8 text");
  }

  @Test
  void rocoReadsASingleSplitByItself() {
    Dataset data = Datasets.open("roco:" + resource("roco").resolve("data/test"));

    assertThat(data.samples()).extracting(Sample::id).containsExactly("ROCO_00009");
    assertThat(data.samples().get(0).split()).contains("test");
  }

  @Test
  void captionsWithoutAnyImageSayHowManyAndWhatIsMissing(@TempDir Path folder) throws IOException {
    Path kind = Files.createDirectories(folder.resolve("test/radiology"));
    Files.writeString(kind.resolve("captions.txt"), "ROCO_1\tA ramp.\nROCO_2\tAnother.\n");

    assertThatThrownBy(() -> Datasets.open("roco:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 entries, none with an image")
        .hasMessageContaining("test/radiology/images/ROCO_1.jpg");
  }

  @Test
  void rocoRefusesToLeaveItsFolder(@TempDir Path folder) throws IOException {
    Path kind = Files.createDirectories(folder.resolve("test/radiology"));
    Files.writeString(kind.resolve("captions.txt"), "ROCO_1\tA ramp.\n");
    Files.writeString(
        kind.resolve("licences.txt"), "ROCO_ID,PMC_ID,CC\nROCO_1,../../../secret.jpg,CC BY\n");

    assertThatThrownBy(() -> Datasets.open("roco:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("climbs with ..");
  }

  @Test
  void openIGivesEveryImageWithItsReportAndTheReportAsPatient() {
    Dataset data = Datasets.open("openi:" + resource("openi"));

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("CXR1_1_IM-0001-3001", "CXR1_1_IM-0001-4001", "CXR2_IM-0652-1001");
    assertThat(data.samples())
        .extracting(sample -> sample.patient().orElse(""))
        .containsExactly("CXR1", "CXR1", "CXR2");
    Sample normal = data.samples().get(0);
    assertThat(normal.text()).contains("The ramp is normal in size & contour. Normal ramp.");
    assertThat(normal.label()).contains("normal");
    assertThat(normal.attributes()).containsEntry("view", "Xray Chest PA and Lateral");
    Sample abnormal = data.samples().get(2);
    assertThat(abnormal.text()).contains("Steep ramp.");
    assertThat(abnormal.label()).contains("abnormal");
    assertThat(abnormal.attributes()).containsEntry("mesh", "Ramp/steep; Opacity");
    assertThat(abnormal.image().read().width()).isEqualTo(16);
  }

  @Test
  void openISkipsBrokenReportsAndNeverFollowsAnEntity() {
    Dataset data = Datasets.open("openi:" + resource("openi"));

    assertThat(data.skipped())
        .extracting(Skipped::id)
        .containsExactly(
            "CXR2_IM-0652-2001", "CXR10", "ecgen-radiology/11.xml", "ecgen-radiology/12.xml");
    assertThat(data.skipped().get(2).reason()).contains("broken XML in line 1");
    assertThat(data.skipped()).noneMatch(skipped -> skipped.reason().contains("root:"));
    assertThat(data.samples()).noneMatch(sample -> sample.patient().orElse("").equals("CXR12"));
  }

  @Test
  void mimicCxrJoinsTablesReportsAndImages() {
    Dataset data = Datasets.open("mimic-cxr:" + resource("mimic-cxr"));

    assertThat(data.samples()).extracting(Sample::id).containsExactly("aaaa-1", "aaaa-2", "cccc-1");
    Sample first = data.samples().get(0);
    assertThat(first.text()).contains("The ramp rises to the right. No acute ramp.");
    assertThat(first.patient()).contains("10000001");
    assertThat(first.split()).contains("train");
    assertThat(first.label()).contains("No Finding");
    assertThat(first.attributes())
        .containsEntry("view", "PA")
        .containsEntry("study", "50000001")
        .containsEntry("findings", "No Finding");
    Sample last = data.samples().get(2);
    assertThat(last.text()).contains("In comparison with the study of ___, the ramp is steeper.");
    assertThat(last.split()).contains("validation");
    assertThat(last.label()).isEmpty();
    assertThat(last.attributes()).containsEntry("findings", "Cardiomegaly; Edema");
  }

  @Test
  void mimicCxrSkipsMissingImagesAndImpossiblePlaces() {
    assertThat(Datasets.open("mimic-cxr:" + resource("mimic-cxr")).skipped())
        .containsExactly(
            new Skipped("bbbb-1", "there is no file p10/p10000001/s50000002/bbbb-1.jpg"),
            new Skipped("line 6", "no dicom_id, subject_id or study_id of that form"));
  }

  @Test
  void aCompressedTableOfOneEndlessRecordIsRefused(@TempDir Path folder) throws IOException {
    Path bomb = folder.resolve("mimic-cxr-2.0.0-metadata.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 16; i++) {
        out.write(zeros);
      }
    }

    assertThatThrownBy(() -> Datasets.open("mimic-cxr:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("metadata.csv.gz");
  }

  @Test
  void aCompressedTableThatIsNoneIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("mimic-cxr-2.0.0-metadata.csv.gz"), "dicom_id\n");

    assertThatThrownBy(() -> Datasets.open("mimic-cxr:" + folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a compressed file that cannot be read");
  }

  @Test
  void radiologyReportsGiveFindingsAndImpressionElseTheirLastParagraph() {
    assertThat(RadiologyReport.text("FINDINGS AND IMPRESSION:  Clear\nlungs.\n"))
        .contains("Clear lungs.");
    assertThat(RadiologyReport.text("IMPRESSION: B.\nFINDINGS: A.\nNOTE: C.")).contains("A. B.");
    assertThat(RadiologyReport.text("CHEST\n\nFirst.\n\n  Last one.  \n\n")).contains("Last one.");
    assertThat(RadiologyReport.text(" \n ")).isEqualTo(Optional.empty());
  }

  @Test
  void ham10000IsReadAsTheDataverseNamesIt(@TempDir Path folder) throws IOException {
    Path images = Files.createDirectory(folder.resolve("ham10000_images_part_2"));
    Path image = resource("ham10000").resolve("HAM10000_images_part_1/ISIC_0000001.jpg");
    Files.copy(image, images.resolve("ISIC_1.jpg"));
    Files.writeString(
        folder.resolve("HAM10000_metadata"), "lesion_id,image_id,dx\r\nHAM_1,ISIC_1,mel\r\n");

    Sample only = Datasets.open("ham10000:" + folder).samples().get(0);

    assertThat(only.concept()).contains("melanoma");
    assertThat(only.image().read().width()).isPositive();
  }

  @Test
  void ham10000GivesDiagnosesWithTheLesionAsPatient() {
    Dataset data = Datasets.open("ham10000:" + resource("ham10000"));

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("ISIC_0000001", "ISIC_0000002");
    Sample second = data.samples().get(1);
    assertThat(second.label()).contains("nv");
    assertThat(second.concept()).contains("melanocytic nevus");
    assertThat(second.patient()).contains("HAM_0000001");
    assertThat(second.attributes())
        .containsEntry("age", "45.0")
        .containsEntry("localization", "back")
        .doesNotContainKey("sex");
    assertThat(data.skipped())
        .extracting(Skipped::id)
        .containsExactly("ISIC_0000003", "ISIC_0000001", "line 6");
  }
}
