package dev.auscult.adapt;

import dev.auscult.adapt.LowRankAdapter.Update;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.AttentionSite;
import dev.auscult.model.ImageTower;
import dev.auscult.model.LowRank;
import dev.auscult.model.TextTower;
import dev.auscult.model.Towers;
import dev.auscult.model.VisionTransformer;
import dev.auscult.tensor.AdamW;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Gradients;
import dev.auscult.tensor.Lanes;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.StandIns;
import dev.auscult.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Low-rank updates as they are learnt. The texts of the labels are computed once per update of the
 * weights, the images of a batch in parts, whose derivatives add up: memory does not grow with the
 * batch. Parts depend on the model alone and each is computed by one thread, so that bits do not
 * depend on the number of threads.
 */
final class LowRankTraining implements AutoCloseable {
  private static final double WEIGHT_DECAY = 1e-2;

  /** Floats that the parts computed at the same time may keep for their derivatives: 600 MB. */
  private static final long KEPT = 150_000_000;

  /** Of one part: less, and several cannot be computed at once. */
  private static final long KEPT_BY_PART = 40_000_000;

  /** Of one part: more, and few threads share a batch. */
  private static final int MOST_IMAGES = 8;

  /** Of one block: about so many times its largest intermediate result. */
  private static final long RESULTS = 5;

  /**
   * A pair of matrices that require gradients.
   *
   * @param down {@code [r, in]}
   * @param up {@code [out, r]}
   */
  record Pair(Tensor down, Tensor up) {}

  /**
   * What passes through the encoders.
   *
   * @param images of rows of the training split
   * @param atOnce images of one part of a batch
   * @param texts ids of the labels' prompts and of that of nothing found
   */
  record Inputs(Function<int[], PixelBatch> images, int atOnce, List<int[]> texts) {}

  /**
   * What a part of a batch adds.
   *
   * @param loss its share of the mean
   * @param texts derivative with respect to the embedded texts, {@code [n, d]}
   */
  private record Part(Gradients gradients, double loss, FloatMatrix texts) {}

  private final ClipLora method;
  private final AdaptationTask task;
  private final Towers towers;
  private final Map<AttentionSite, Pair> pairs;
  private final Inputs inputs;

  /** The labels' texts and, last where a sample may have several labels, that of nothing found. */
  private final int[][] texts;

  private final AdamW optimiser;
  private final Lanes lanes;

  /**
   * Begins.
   *
   * @param towers as they were trained
   * @param pairs for every site; owned by this from now on
   * @param threads how many compute, which no bit depends on
   */
  LowRankTraining(
      ClipLora method,
      AdaptationTask task,
      Towers towers,
      Map<AttentionSite, Pair> pairs,
      Inputs inputs,
      int threads) {
    this.method = method;
    this.task = task;
    this.towers = towers;
    this.pairs = pairs;
    this.inputs = inputs;
    this.texts =
        inputs.texts().stream()
            .limit(task.labels().size() + (task.mode() == LabelMode.EXCLUSIVE ? 0 : 1))
            .toArray(int[][]::new);
    this.optimiser =
        new AdamW(
            pairs.values().stream()
                .flatMap(pair -> List.of(pair.down(), pair.up()).stream())
                .map(tensor -> new AdamW.Parameter(tensor, WEIGHT_DECAY))
                .toList(),
            AdamW.Settings.STANDARD);
    this.lanes = Lanes.open(threads);
  }

  /**
   * Begins as a method says.
   *
   * @throws dev.auscult.base.InputException if the encoders are no transformers or not in single
   *     precision
   */
  static LowRankTraining of(ClipLora method, AdaptationTask task) {
    TaskEncoder source = TaskEncoder.of(task, method.method());
    Towers towers = source.towers(method.method());
    Map<AttentionSite, Pair> pairs = new LinkedHashMap<>();
    try {
      AttentionSite.replace(
          towers,
          (site, map) -> {
            pairs.put(site, initial(map.weight(), method.rank(), task.seed(), site));
            return map;
          });
    } catch (IllegalArgumentException e) {
      pairs.values().forEach(LowRankTraining::close);
      throw LowRankAdapter.refusal(source.model(), String.valueOf(e.getMessage()), e);
    }
    List<String> words = new ArrayList<>(PromptWords.PROMPT.of(task.labels(), source.prompts()));
    words.add(source.prompts().none());
    List<int[]> texts =
        words.stream().map(text -> source.model().tokenizer().encode(text).ids()).toList();
    TrainingPixels images = new TrainingPixels(task.train().ids(), source);
    return new LowRankTraining(
        method,
        task,
        towers,
        pairs,
        new Inputs(images::of, imagesAtOnce(towers), texts),
        Math.min(source.compute().threads(), partsAtOnce(towers)));
  }

  private static Pair initial(Tensor weight, int rank, Seed seed, AttentionSite site) {
    int inputs = (int) weight.size(1);
    SplittableRandom random = seed.derive(site.name()).random();
    float[] values = new float[rank * inputs];
    double bound = 1 / Math.sqrt(inputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    return new Pair(
        Tensor.unscoped(() -> Tensor.of(values, rank, inputs)).requireGradient(),
        Tensor.unscoped(() -> Tensor.zeros(weight.size(0), rank)).requireGradient());
  }

  /**
   * One update.
   *
   * @param rows of the training split
   * @return the mean loss before it
   */
  double update(int[] rows, double learningRate) {
    double loss = gradient(rows);
    optimiser.step(learningRate);
    return loss;
  }

  /** The mean loss of samples; the matrices then have their gradients. */
  double gradient(int[] rows) {
    Seed noise = task.seed().derive("dropout").derive(optimiser.steps());
    try (TextParts embedded = TextParts.forward(lanes, texts, texts(noise.derive("texts")))) {
      FloatMatrix rowsOfTexts = embedded.rows();
      List<Part> parts = lanes.map(parts(rows), part -> gradient(rows, part, rowsOfTexts, noise));
      try (Scope scope = Scope.inference()) {
        Tensor derivative = Tensor.zeros(rowsOfTexts.rows(), rowsOfTexts.columns());
        double loss = 0;
        for (Part part : parts) {
          loss += part.loss();
          Functions.accumulate(derivative, Tensor.of(part.texts()));
          part.gradients().add();
        }
        embedded.backward(derivative);
        return loss;
      }
    }
  }

  private int parts(int[] rows) {
    return (rows.length + inputs.atOnce() - 1) / inputs.atOnce();
  }

  private BiFunction<StandIns, Integer, TextTower> texts(Seed noise) {
    return (standIns, part) -> changed(standIns, noise.derive(part)).text();
  }

  private Part gradient(int[] all, int number, FloatMatrix texts, Seed noise) {
    int from = number * inputs.atOnce();
    int[] rows = Arrays.copyOfRange(all, from, Math.min(all.length, from + inputs.atOnce()));
    double share = (double) rows.length / all.length;
    List<List<Integer>> labels =
        Arrays.stream(rows).mapToObj(row -> task.train().labels().get(row)).toList();
    PixelBatch batch = inputs.images().apply(rows);
    try (StandIns standIns = new StandIns();
        Scope scope = Scope.open()) {
      Tensor embedded = Tensor.of(texts).requireGradient();
      Tensor input =
          Tensor.of(batch.values(), batch.count(), batch.channels(), batch.height(), batch.width());
      ImageTower tower = changed(standIns, noise.derive(from)).image();
      Tensor images = Functions.l2Normalize(tower.forward(input, null));
      Tensor logits = images.matmul(embedded.transpose(0, 1)).multiply(task.logitScale());
      double loss = LogitLoss.backward(logits, labels, task.mode(), share);
      return new Part(standIns.gradients(), share * loss, embedded.gradient().toMatrix());
    }
  }

  /** Of one part of a batch. */
  private static int imagesAtOnce(Towers towers) {
    return (int) Math.max(1, Math.min(MOST_IMAGES, KEPT_BY_PART / kept(towers)));
  }

  /** At least two, however large the encoder is. */
  private static int partsAtOnce(Towers towers) {
    return (int) Math.max(2, KEPT / (imagesAtOnce(towers) * kept(towers)));
  }

  /** Floats that an image keeps. */
  private static long kept(Towers towers) {
    int blocks = ((VisionTransformer) towers.image()).blocks().size();
    return RESULTS * Math.max(1, blocks) * towers.image().activations();
  }

  /** The towers with the updates, each with noise of its own. */
  private Towers changed(StandIns standIns, Seed noise) {
    return AttentionSite.replace(
        towers,
        (site, map) -> {
          Pair pair = Objects.requireNonNull(pairs.get(site), site.name());
          long seed = noise.derive(site.name()).value();
          UnaryOperator<Tensor> dropped =
              method.dropout() == 0
                  ? UnaryOperator.identity()
                  : input -> Functions.dropout(input, method.dropout(), seed);
          Tensor down = standIns.of(pair.down());
          return new LowRank(map, down, standIns.of(pair.up()), method.scale(), dropped);
        });
  }

  /** What is learnt so far. */
  LowRankAdapter toAdapter() {
    Map<String, Update> updates = new LinkedHashMap<>();
    pairs.forEach(
        (site, pair) ->
            updates.put(site.name(), new Update(matrix(pair.down()), matrix(pair.up()))));
    return new LowRankAdapter(updates, method.scale());
  }

  private static FloatMatrix matrix(Tensor tensor) {
    try (Scope scope = Scope.inference()) {
      return tensor.toMatrix();
    }
  }

  /** What {@link #gradient} left at a site, A's and then B's. */
  List<FloatMatrix> gradients(AttentionSite site) {
    Pair pair = Objects.requireNonNull(pairs.get(site), site.name());
    try (Scope scope = Scope.inference()) {
      return List.of(pair.down().gradient().toMatrix(), pair.up().gradient().toMatrix());
    }
  }

  @Override
  public void close() {
    lanes.close();
    optimiser.close();
    pairs.values().forEach(LowRankTraining::close);
  }

  private static void close(Pair pair) {
    pair.down().close();
    pair.up().close();
  }
}
