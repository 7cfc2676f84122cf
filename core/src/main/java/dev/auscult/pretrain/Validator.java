package dev.auscult.pretrain;

import dev.auscult.base.Seed;
import dev.auscult.model.ClipModel;
import dev.auscult.pretrain.EpochRow.Measures;
import dev.auscult.pretrain.PretrainConfig.Augmentation;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import dev.auscult.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures a model on the validation samples, the same way every time. */
final class Validator {
  private static final int MOST_CANDIDATES = 32;
  private static final Seed NEGATIVES = new Seed(0).derive("validation negatives");

  private final List<PairedSample> samples;
  private final BatchMaker batches;
  private final Tokenizer tokenizer;
  private final AnswerCandidates candidates;
  private final List<String> prompts;
  private final int batchSize;

  /**
   * @param samples at least one
   * @param prompts all labels, among which zero-shot classification chooses
   */
  Validator(
      List<PairedSample> samples,
      BatchMaker batches,
      Tokenizer tokenizer,
      AnswerCandidates candidates,
      Collection<String> prompts,
      int batchSize) {
    this.samples = samples;
    this.batches = batches;
    this.tokenizer = tokenizer;
    this.candidates = candidates;
    this.prompts = List.copyOf(prompts);
    this.batchSize = Math.min(batchSize, samples.size());
  }

  /** Measures; skipped samples are left out of every figure. */
  Measures measure(ClipModel model) {
    List<PairedSample> read = new ArrayList<>();
    List<FloatMatrix> parts = new ArrayList<>();
    double lossSum = 0;
    int lossCount = 0;
    for (int from = 0; from < samples.size(); from += batchSize) {
      int[] chosen = IntStream.range(from, Math.min(samples.size(), from + batchSize)).toArray();
      Batch batch = batches.make(from / batchSize, chosen, NEGATIVES, Augmentation.NONE);
      if (batch.samples().isEmpty()) {
        continue;
      }
      batch.samples().forEach(index -> read.add(samples.get(index)));
      try (Scope scope = Scope.inference()) {
        Tensor images = PairObjective.embedImages(model, batch);
        parts.add(images.toMatrix());
        if (chosen.length == batchSize) {
          lossSum += PairObjective.loss(model, images, batch.texts()).item();
          lossCount++;
        }
      }
    }
    if (read.isEmpty()) {
      return new Measures(
          0,
          Double.NaN,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }
    FloatMatrix images = parts.stream().reduce(FloatMatrix::append).orElseThrow();
    return measures(model, read, images, lossSum / lossCount);
  }

  private Measures measures(
      ClipModel model, List<PairedSample> read, FloatMatrix images, double loss) {
    int[] ranks = retrievalRanks(model, read, images);
    return new Measures(
        read.size(),
        loss,
        zeroShot(model, read, images),
        share(ranks, 1),
        share(ranks, 5),
        answers(model, read, images));
  }

  private static OptionalDouble share(int[] ranks, int top) {
    return Arrays.stream(ranks).mapToDouble(rank -> rank < top ? 1 : 0).average();
  }

  /** For each image that has a text how many different texts are more similar than its own. */
  private int[] retrievalRanks(ClipModel model, List<PairedSample> read, FloatMatrix images) {
    int[] asked =
        IntStream.range(0, read.size()).filter(i -> read.get(i).mainText().isPresent()).toArray();
    if (asked.length == 0) {
      return asked;
    }
    List<String> texts =
        read.stream().flatMap(sample -> sample.mainText().stream()).distinct().toList();
    FloatMatrix embedded = encode(model, texts);
    Map<String, Integer> row = new LinkedHashMap<>();
    texts.forEach(text -> row.put(text, row.size()));
    int[] ranks = new int[asked.length];
    for (int i = 0; i < ranks.length; i++) {
      int image = asked[i];
      int own = row.getOrDefault(read.get(image).mainText().orElseThrow(), -1);
      double score = images.dot(image, embedded, own);
      for (int other = 0; other < texts.size(); other++) {
        ranks[i] += other != own && images.dot(image, embedded, other) >= score ? 1 : 0;
      }
    }
    return ranks;
  }

  private OptionalDouble zeroShot(ClipModel model, List<PairedSample> read, FloatMatrix images) {
    if (prompts.size() < 2) {
      return OptionalDouble.empty();
    }
    FloatMatrix embedded = encode(model, prompts);
    return IntStream.range(0, read.size())
        .filter(image -> read.get(image).label().isPresent())
        .mapToDouble(
            image -> {
              String chosen = prompts.get(mostSimilar(images, image, embedded));
              return read.get(image).label().filter(chosen::equals).isPresent() ? 1 : 0;
            })
        .average();
  }

  private OptionalDouble answers(ClipModel model, List<PairedSample> read, FloatMatrix images) {
    return IntStream.range(0, read.size())
        .mapToObj(image -> answered(model, read.get(image), images, image))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  private OptionalDouble answered(
      ClipModel model, PairedSample sample, FloatMatrix images, int image) {
    if (sample.question().isEmpty()) {
      return OptionalDouble.empty();
    }
    QuestionAnswer question = sample.question().get();
    List<String> answers = candidates.of(question.category());
    if (answers.size() < 2 || answers.size() > MOST_CANDIDATES) {
      return OptionalDouble.empty();
    }
    FloatMatrix texts = encode(model, answers.stream().map(question::textWith).toList());
    return OptionalDouble.of(
        question.isCorrect(answers.get(mostSimilar(images, image, texts))) ? 1 : 0);
  }

  private static int mostSimilar(FloatMatrix images, int image, FloatMatrix texts) {
    int best = 0;
    for (int text = 1; text < texts.rows(); text++) {
      best = images.dot(image, texts, text) > images.dot(image, texts, best) ? text : best;
    }
    return best;
  }

  private FloatMatrix encode(ClipModel model, List<String> texts) {
    int[][] ids = texts.stream().map(text -> tokenizer.encode(text).ids()).toArray(int[][]::new);
    return model.encodeTexts(
        ids, Stream.of(ids).mapToInt(model.config().text()::pooledPosition).toArray());
  }
}
