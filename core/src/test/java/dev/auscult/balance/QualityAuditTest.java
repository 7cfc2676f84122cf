package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.ExplanationQuality.Shuffled;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityAuditTest {
  private static final BalanceConfig ISA = BalanceConfig.faithful(AuditTask.ISA, new Seed(1));
  private static final BalanceConfig EXACT =
      ISA.withEstimator(new Estimator.Exact())
          .withMasking(ISA.masking().with(ImagePlayers.named("3x3")));

  private final Path folder;

  QualityAuditTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * The text does not matter and patches add up: every embedding is {@code (sum of the patches'
   * weighted pixels, 0, ...)}, of no unit length, so that the game of every sample is additive.
   */
  private static final class AdditiveEncoder extends ToyDualEncoder {
    @Override
    public FloatMatrix encodeImages(PixelBatch pixels) {
      images += pixels.count();
      float[] rows = new float[pixels.count() * dimension()];
      int each = pixels.valuesPerImage();
      for (int image = 0; image < pixels.count(); image++) {
        double sum = 0;
        for (int at = 0; at < each; at++) {
          sum += pixels.values()[image * each + at] * (1 + at / 12 % 12 / 4);
        }
        rows[image * dimension()] = (float) (sum / 1000);
      }
      return new FloatMatrix(pixels.count(), dimension(), rows);
    }

    @Override
    float[] embedText(int[] ids) {
      float[] vector = new float[dimension()];
      vector[0] = 1;
      return vector;
    }
  }

  private static CollectingSink audit(ToyDualEncoder encoder, BalanceConfig config, ToyData data) {
    CollectingSink sink = new CollectingSink();
    new ModalityBalanceAudit(encoder, config, data).run(sink, Progress.NONE);
    return sink;
  }

  private static ContentHash fingerprint(
      ToyDualEncoder encoder, BalanceConfig config, ToyData data) {
    return QualityAudit.fingerprint(
        List.of(config), List.of(encoder.identity()), data.hash(), QualityConfig.standard());
  }

  private ExplanationQuality examine(ToyDualEncoder encoder, BalanceConfig config, ToyData data)
      throws IOException {
    return examine(encoder, config, data, Progress.NONE);
  }

  private ExplanationQuality examine(
      ToyDualEncoder encoder, BalanceConfig config, ToyData data, Progress progress)
      throws IOException {
    return examine(encoder, config, data, QualityConfig.standard(), progress);
  }

  private ExplanationQuality examine(
      ToyDualEncoder encoder,
      BalanceConfig config,
      ToyData data,
      QualityConfig quality,
      Progress progress)
      throws IOException {
    CollectingSink known = audit(encoder, config, data);
    QualityAudit audit = new QualityAudit(encoder, config, data, quality);
    encoder.images = 0;
    encoder.texts = 0;
    try (QualityRows rows = QualityRows.open(folder, fingerprint(encoder, config, data), quality)) {
      audit.run(rows, id -> Optional.ofNullable(known.balances.get(id)), progress);
      rows.finish();
    }
    return audit.summary(folder);
  }

  private List<SampleQuality> rows() throws IOException {
    List<SampleQuality> rows = new ArrayList<>();
    RowTable.forEach(folder, QualityLine.FORMAT, line -> rows.add(line.quality()));
    return rows;
  }

  @Test
  void theContributionsOfAnAdditiveModelExplainItWholly() throws IOException {
    ExplanationQuality quality = examine(new AdditiveEncoder(), EXACT, ToyData.captions(3));

    // Float32 embeddings of size 1: differences of 1e-6 of the score's variation at most.
    for (SampleQuality sample : rows()) {
      assertThat(sample.surrogate().r2()).isCloseTo(1, within(1e-9));
      assertThat(sample.surrogate().spearman()).isGreaterThan(0.999);
      assertThat(sample.seeds().all()).isEqualTo(1);
      assertThat(sample.seeds().deltaSd()).isZero();
    }
    assertThat(quality.n()).isEqualTo(3);
    assertThat(quality.surrogate().r2().median()).isCloseTo(1, within(1e-9));
    assertThat(quality.deletion().mostFirst().get(0)).isEqualTo(1);
    assertThat(quality.deletion().mostFirst().get(20)).isZero();
  }

  @Test
  void deletionFollowsTheKnownContributionsOfAnAdditiveModel() throws IOException {
    AdditiveEncoder encoder = new AdditiveEncoder();
    ToyData data = ToyData.captions(1);
    examine(encoder, EXACT, data);

    SampleBalance balance = audit(encoder, EXACT, data).get("c0");
    double gain = balance.scores().full() - balance.scores().empty();
    List<Double> worth = new ArrayList<>(balance.image().phi());
    worth.addAll(balance.text().phi());
    worth.sort((a, b) -> Double.compare(b * Math.signum(gain), a * Math.signum(gain)));
    List<Double> curve = rows().get(0).deletion().mostFirst();
    assertThat(curve).hasSize(worth.size() + 1);
    double score = balance.scores().full();
    for (int step = 0; step < worth.size(); step++) {
      assertThat(curve.get(step)).isCloseTo(score, within(1e-5 * Math.abs(gain)));
      score -= worth.get(step);
    }
    assertThat(balance.text().phi()).containsOnly(0.0);
  }

  @Test
  void aModelThatDoesNotReadGivesTheSameMapBesideAnotherText() throws IOException {
    ExplanationQuality blind = examine(new AdditiveEncoder(), EXACT, ToyData.captions(3));

    assertThat(blind.swaps().imageUnderOtherText().mean().value()).isEqualTo(1);
    assertThat(blind.swaps().textUnderOtherImage().mean().n())
        .as("contributions that are all 0 have no order")
        .isZero();
  }

  @Test
  void aModelThatReadsGivesAnotherMapBesideAnotherText() throws IOException {
    ExplanationQuality quality = examine(new ToyDualEncoder(), EXACT, ToyData.captions(6));

    assertThat(quality.seeds().all().mean().value()).isEqualTo(1);
    assertThat(quality.swaps().imageUnderOtherText().mean().value()).isLessThan(0.8);
    assertThat(quality.deletion().area().mean().value()).isPositive();
  }

  /** Its outermost layer has learnt nothing; all else is in the other. */
  private static final class LayeredEncoder extends ToyDualEncoder {
    private final List<Integer> depths = new ArrayList<>();
    private final ToyDualEncoder same = new ToyDualEncoder();
    private final ToyDualEncoder other = new AdditiveEncoder();

    @Override
    public List<String> layers() {
      return List.of("outer", "inner");
    }

    @Override
    public DualEncoder shuffled(int depth, Seed seed) {
      depths.add(depth);
      return depth == 1 ? same : other;
    }
  }

  @Test
  void explanationsLoseTheirLikenessWithTheLayerThatHasLearnt() throws IOException {
    LayeredEncoder encoder = new LayeredEncoder();
    QualityConfig quality = new QualityConfig(2, 3);
    ToyData data = ToyData.captions(5);

    ExplanationQuality found = examine(encoder, EXACT, data, quality, Progress.NONE);

    assertThat(found.shuffled().stream().map(Shuffled::depth)).containsExactly(1, 2);
    assertThat(found.shuffled().stream().map(Shuffled::layers)).containsExactly("outer", "inner");
    assertThat(found.shuffled().get(0).all().mean().value()).isEqualTo(1);
    assertThat(found.shuffled().get(1).image().mean().value()).isLessThan(0.9);
    assertThat(found.shuffled().get(1).all().mean().n()).isEqualTo(3);
    assertThat(found.encoderPasses())
        .isEqualTo(
            encoder.images
                + encoder.texts
                + encoder.same.images
                + encoder.same.texts
                + encoder.other.images
                + encoder.other.texts);
    assertThat(Files.readAllLines(folder.resolve("shuffled-layers.csv"))).hasSize(1 + 2 * 3);
    encoder.depths.clear();
    assertThat(examine(encoder, EXACT, data, quality, Progress.NONE)).isEqualTo(found);
    assertThat(encoder.depths).as("known already").isEmpty();
    assertThatThrownBy(
            () -> new QualityAudit(new ToyDualEncoder(), EXACT, data, new QualityConfig(2, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("layers are not known");
  }

  @Test
  void countsWhatItEncodes() throws IOException {
    ToyDualEncoder encoder = new ToyDualEncoder();
    ToyData data = ToyData.captions(5);

    ExplanationQuality quality = examine(encoder, ISA, data);

    assertThat(quality.encoderPasses()).isEqualTo(encoder.images + encoder.texts).isPositive();
    assertThat(new QualityAudit(encoder, ISA, data, QualityConfig.standard()).passes())
        .isGreaterThanOrEqualTo(quality.encoderPasses());
  }

  @Test
  void anInterruptedExaminationGoesOnToTheSameBytes() throws IOException {
    BalanceConfig config = ISA.withBudget(PassBudget.of(400));
    ToyData data = ToyData.captions(12);
    ExplanationQuality whole = examine(new ToyDualEncoder(), config, data);
    String lines = Files.readString(folder.resolve("quality.jsonl"));
    String table = Files.readString(folder.resolve("quality.csv"));
    Files.delete(folder.resolve("quality.jsonl"));
    Files.delete(folder.resolve("quality.csv"));

    assertThatThrownBy(() -> examine(new ToyDualEncoder(), config, data, stopAfter(5)))
        .isInstanceOf(InterruptedRunException.class);
    Path partial = folder.resolve("quality.jsonl.partial");
    long kept = Files.readAllLines(partial).size();
    assertThat(kept).isPositive().isLessThan(12);
    Files.writeString(partial, Files.readString(partial) + "{\"model\":\"toy\",\"pre");
    ToyDualEncoder encoder = new ToyDualEncoder();
    ExplanationQuality resumed = examine(encoder, config, data);

    assertThat(Files.readString(folder.resolve("quality.jsonl"))).isEqualTo(lines);
    assertThat(Files.readString(folder.resolve("quality.csv"))).isEqualTo(table);
    assertThat(resumed).isEqualTo(whole);
    assertThat(encoder.images).isLessThan(whole.encoderPasses());
    assertThat(examine(encoder, config, data)).as("finished before").isEqualTo(whole);
    assertThat(encoder.images + encoder.texts).isZero();
  }

  /** Stops when a portion of samples is done. */
  private static Progress stopAfter(int samples) {
    return (name, total) ->
        new Progress.Task() {
          private long done;

          @Override
          public void advance(long steps) {
            done += steps;
            if (done >= samples) {
              throw new InterruptedRunException("stopped");
            }
          }

          @Override
          public void close() {}
        };
  }

  @Test
  void questionsAreExaminedWithTheAnswerThatWasSelected() throws IOException {
    BalanceConfig config =
        BalanceConfig.faithful(AuditTask.VQA, new Seed(1))
            .withSelection(
                new AnswerSelection(
                    new AnswerSelection.PerCategory(),
                    AnswerSelection.Target.PREDICTED,
                    AnswerSelection.AnswerTokens.PLAYERS));

    ExplanationQuality quality = examine(new ToyDualEncoder(), config, ToyData.questions(3));

    assertThat(quality.n()).isEqualTo(9);
    for (SampleQuality sample : rows()) {
      assertThat(sample.deletion().removed()).startsWith(0.0).endsWith(1.0);
    }
  }

  @Test
  void everyEstimatorCanBeExamined() throws IOException {
    for (String name : List.of("permutation:2", "kernel:60", "partition:40", "owen")) {
      BalanceConfig config = ISA.withEstimator(Estimator.named(name));
      Files.deleteIfExists(folder.resolve("quality.jsonl.fingerprint"));
      Files.deleteIfExists(folder.resolve("quality.jsonl"));
      ToyDualEncoder encoder = new ToyDualEncoder();

      ExplanationQuality quality = examine(encoder, config, ToyData.captions(2));

      assertThat(quality.n()).as(name).isEqualTo(2);
      assertThat(quality.encoderPasses()).as(name).isEqualTo(encoder.images + encoder.texts);
    }
  }

  @Test
  void rowsOfAnotherRunAreRefused() throws IOException {
    examine(new ToyDualEncoder(), EXACT, ToyData.captions(2));

    assertThatThrownBy(() -> examine(new ToyDualEncoder(), EXACT, ToyData.captions(3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another run");
    assertThatThrownBy(() -> new QualityConfig(1, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--repeat");
  }
}
