package dev.auscult.fusion;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.learning.Adam;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A {@link GatedUnit} on standardised features. */
final class GatedFusion implements FusionClassifier {
  private static final int HIDDEN = 16;
  private static final int BATCH = 64;
  private static final int EPOCHS = 120;
  private static final int PATIENCE = 20;
  private static final int STARTS = 2;
  private static final double RATE = 3e-3;
  private static final double EPSILON = 1e-8;
  private static final List<Double> DECAYS = List.of(.1, 1.0);

  private final Standardisation ofImages;
  private final Standardisation ofTexts;
  private final GatedUnit unit;

  private GatedFusion(Standardisation ofImages, Standardisation ofTexts, GatedUnit unit) {
    this.ofImages = ofImages;
    this.ofTexts = ofTexts;
    this.unit = unit;
  }

  /**
   * Trains with Adam from several starts, with several weight decays and numbers of principal
   * components, and keeps those and the epoch whose loss on the validation side is least.
   */
  static Trained fit(FusionData data, Seed seed, Progress progress) {
    @Nullable Trained best = null;
    try (Progress.Task task = progress.begin("gated fusion", candidates().size())) {
      for (Candidate candidate : candidates()) {
        Trained trained = new Training(data, candidate, seed.derive(candidate.start())).run();
        if (best == null || trained.validationLoss() < best.validationLoss()) {
          best = trained;
        }
        task.advance(1);
      }
    }
    return Objects.requireNonNull(best);
  }

  /** What is tried. */
  private record Candidate(int components, double decay, int start) {}

  private static List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    for (int components : Standardisation.CANDIDATES) {
      for (double decay : DECAYS) {
        for (int start = 1; start <= STARTS; start++) {
          all.add(new Candidate(components, decay, start));
        }
      }
    }
    return all;
  }

  @Override
  public FloatMatrix logits(FloatMatrix images, FloatMatrix texts) {
    double[][] logits = unit.logits(PairBatch.of(ofImages.apply(images), ofTexts.apply(texts)));
    float[] values = new float[images.rows() * logits.length];
    for (int i = 0; i < images.rows(); i++) {
      for (int c = 0; c < logits.length; c++) {
        values[i * logits.length + c] = (float) logits[c][i];
      }
    }
    return new FloatMatrix(images.rows(), logits.length, values);
  }

  /** One start at one decay. */
  private static final class Training {
    private final FusionData data;
    private final Candidate candidate;
    private final Standardisation ofImages;
    private final Standardisation ofTexts;
    private final FloatMatrix images;
    private final FloatMatrix texts;
    private final GatedUnit unit;
    private final List<Adam> optimisers = new ArrayList<>();
    private final List<float[][]> gradients = new ArrayList<>();
    private final SplittableRandom order;

    Training(FusionData data, Candidate candidate, Seed seed) {
      PairedFeatures train = data.train();
      this.data = data;
      this.candidate = candidate;
      this.ofImages = Standardisation.of(train.images(), candidate.components());
      this.ofTexts = Standardisation.of(train.texts(), candidate.components());
      this.images = ofImages.apply(train.images());
      this.texts = ofTexts.apply(train.texts());
      this.unit =
          GatedUnit.random(
              images.columns(),
              texts.columns(),
              HIDDEN,
              data.outcomes().size(),
              seed.derive("weights"));
      this.order = seed.derive("order").random();
      for (float[][] matrix : unit.parameters()) {
        optimisers.add(new Adam(matrix, EPSILON, candidate.decay()));
        gradients.add(new float[matrix.length][matrix[0].length]);
      }
    }

    Trained run() {
      Trained best = kept(0);
      int since = 0;
      for (int epoch = 1; epoch <= EPOCHS && since < PATIENCE; epoch++) {
        epoch();
        Trained now = kept(epoch);
        since = now.validationLoss() < best.validationLoss() ? 0 : since + 1;
        best = since == 0 ? now : best;
      }
      return best;
    }

    private Trained kept(int epoch) {
      GatedFusion fusion = new GatedFusion(ofImages, ofTexts, unit.copy());
      return new Trained(
          FusionMethod.GATED,
          fusion,
          Trained.validationLoss(fusion, data),
          Map.of(
              "components", Integer.toString(candidate.components()),
              "epoch", Integer.toString(epoch),
              "start", Integer.toString(candidate.start()),
              "weight decay", Double.toString(candidate.decay())));
    }

    private void epoch() {
      int[] rows = shuffled(images.rows());
      for (int from = 0; from < rows.length; from += BATCH) {
        int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BATCH));
        unit.loss(
            PairBatch.of(images, texts, batch),
            Arrays.stream(batch).mapToObj(data.train().outcomes()::get).toList(),
            gradients);
        for (int k = 0; k < optimisers.size(); k++) {
          optimisers.get(k).step(gradients.get(k), RATE);
        }
      }
    }

    private int[] shuffled(int n) {
      int[] rows = new int[n];
      for (int i = 0; i < n; i++) {
        int j = order.nextInt(i + 1);
        rows[i] = rows[j];
        rows[j] = i;
      }
      return rows;
    }
  }
}
