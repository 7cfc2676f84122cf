package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.ImageSource;
import dev.auscult.image.RgbImage;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelVectorsTest {
  private static final ImageFinding LEFT = finding("Effusion", "left", "Effusion on the left.");
  private static final ImageFinding RIGHT = finding("effusion", "right", "Right effusion.");
  private static final ImageFinding NODULE = finding("nodule", "right", "Right effusion.");
  private static final ImageFinding NORMAL = ImageFinding.of("Normal", Optional.empty());

  @Test
  void shareAnEntryForTheClassAndOneForItsPlace() {
    LabelVectors vectors =
        new LabelVectors(List.of(sample("", LEFT), sample("", RIGHT, NODULE), sample("")));

    FloatMatrix rows =
        vectors.rows(List.of(List.of(LEFT), List.of(LEFT, RIGHT), List.of(NODULE), List.of()));

    assertThat(vectors.entries())
        .containsExactly(
            "effusion",
            "effusion @ left",
            "effusion @ right",
            "no finding",
            "nodule",
            "nodule @ right");
    assertThat(rows.dot(0, rows, 0)).isEqualTo(2);
    assertThat(rows.dot(0, rows, 1)).isEqualTo(2);
    assertThat(rows.dot(1, rows, 2)).isZero();
    assertThat(rows.row(3)).containsExactly(0, 0, 0, 1, 0, 0);
  }

  @Test
  void takeNormalAndNothingAtAllForNoFinding() {
    LabelVectors vectors = new LabelVectors(List.of(sample("", NORMAL), sample("", LEFT)));

    FloatMatrix rows = vectors.rows(List.of(List.of(NORMAL), List.of(), List.of(LEFT, NORMAL)));

    assertThat(rows.row(0)).containsExactly(0, 0, 1);
    assertThat(rows.row(1)).containsExactly(0, 0, 1);
    assertThat(rows.row(2)).as("a finding beside it").containsExactly(1, 1, 0);
  }

  @Test
  void refuseLabelsThatTellNothingApart() {
    assertThatThrownBy(() -> new LabelVectors(List.of(sample(""), sample("", NORMAL))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("labels that tell no two images apart (no finding)");
  }

  @Test
  void sentencesStateTheirOwnFindingsAndTheOthersOfAReportNone() {
    String report = "The heart is normal. Effusion on the left. Right effusion. No fracture.";

    List<LabelledText> texts = LabelledText.of(sample(report, LEFT, RIGHT, NODULE));

    assertThat(texts)
        .containsExactly(
            new LabelledText("Effusion on the left.", List.of(LEFT)),
            new LabelledText("Right effusion.", List.of(RIGHT, NODULE)),
            new LabelledText("The heart is normal.", List.of()),
            new LabelledText("No fracture.", List.of()));
  }

  @Test
  void aCaptionOfFindingsWithoutSentencesStatesThemAll() {
    ImageFinding mass = ImageFinding.of("mass", Optional.empty());

    assertThat(LabelledText.of(sample("A mass. Clear lungs.", mass)))
        .containsExactly(new LabelledText("A mass. Clear lungs.", List.of(mass)));
    assertThat(LabelledText.of(sample("", mass))).isEmpty();
  }

  private static ImageFinding finding(String label, String location, String sentence) {
    return new ImageFinding(label, List.of(location), Optional.of(sentence), List.of());
  }

  private static PairedSample sample(String caption, ImageFinding... findings) {
    ContentHash hash = ContentHash.of("image");
    return new PairedSample(
        "id",
        new Unread(hash),
        hash,
        Optional.of(caption).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        List.of(findings));
  }

  private record Unread(ContentHash hash) implements ImageSource {
    @Override
    public String name() {
      return "unread";
    }

    @Override
    public RgbImage read() {
      throw new UnsupportedOperationException("no image");
    }
  }
}
