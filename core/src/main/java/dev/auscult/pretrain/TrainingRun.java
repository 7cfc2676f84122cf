package dev.auscult.pretrain;

import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.model.ClipCheckpointWriter;
import dev.auscult.model.ClipModel;
import dev.auscult.model.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One run from its first or a later update to its end. */
final class TrainingRun {
  private static final double NANOS = 1e9;

  private final PretrainConfig config;
  private final TrainingSet data;
  private final RunFolder folder;
  private final RunTokenizer tokenizer;
  private final ImageTransform transform;
  private final Parameters parameters;
  private final Map<String, String> entries;
  private final Seed seed;
  private final int batchSize;
  private final int stepsPerEpoch;
  private final long steps;
  private final BatchMaker batches;
  private final Optional<Validator> validator;
  private final Trainer trainer;

  private final List<EpochRow> curves = new ArrayList<>();
  private final Map<String, String> unreadable = new LinkedHashMap<>();
  private long images;
  private double lossSum;
  private long lossCount;
  private int bestEpoch;
  private OptionalDouble bestLoss = OptionalDouble.empty();
  private double earlierSeconds;
  private long startedAt;
  private long savedAt;

  /** Order of the samples in the epoch it was last asked for. */
  private int[] order = {};

  private long orderOf = -1;

  TrainingRun(
      PretrainConfig config,
      TrainingSet data,
      RunFolder folder,
      RunTokenizer tokenizer,
      ImageTransform transform,
      ClipModel model,
      Parameters parameters,
      Map<String, String> entries) {
    this.config = config;
    this.data = data;
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.transform = transform;
    this.parameters = parameters;
    this.entries = entries;
    this.seed = new Seed(config.seed());
    this.batchSize = Math.min(config.training().batch(), data.training().size());
    this.stepsPerEpoch = data.training().size() / batchSize;
    this.steps = config.training().length().steps(stepsPerEpoch);
    AnswerCandidates candidates = new AnswerCandidates(data.training());
    TextDraws texts = TextDraws.of(config, data, tokenizer.tokenizer(), candidates);
    this.batches = batchMaker(data.training(), texts.training());
    this.validator = validator(candidates, texts.validation());
    this.trainer =
        new Trainer(
            model,
            parameters,
            config.training(),
            new LearningRate(config.training().learningRate(), config.training().warmup(), steps));
  }

  private BatchMaker batchMaker(List<PairedSample> samples, TextDraw texts) {
    double share = (double) samples.size() / (data.training().size() + data.validation().size());
    return new BatchMaker(
        samples, transform, texts, (long) (share * config.cacheMegabytes() * (1 << 20)));
  }

  private Optional<Validator> validator(AnswerCandidates candidates, TextDraw texts) {
    if (data.validation().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Validator(
            data.validation(),
            batchMaker(data.validation(), texts),
            tokenizer.tokenizer(),
            candidates,
            data.labels(),
            batchSize));
  }

  /** Trains to the end. */
  PretrainResult complete(Optional<RunState> earlier, Progress progress) throws IOException {
    try (trainer) {
      earlier.ifPresent(this::restore);
      startedAt = System.nanoTime();
      savedAt = startedAt;
      try (BatchQueue queue = new BatchQueue(this::batch, trainer.steps(), steps);
          Progress.Task task = progress.begin("training", steps)) {
        task.advance(trainer.steps());
        train(queue, task);
      }
      return result();
    }
  }

  private void train(BatchQueue queue, Progress.Task task) throws IOException {
    while (true) {
      if (isEpochComplete()) {
        finishEpoch();
        task.status(curves.get(curves.size() - 1).summary());
      }
      if (trainer.steps() == steps) {
        return;
      }
      update(queue.next());
      try {
        task.advance(1);
      } catch (InterruptedRunException stopped) {
        save();
        throw stopped;
      }
      if (isTimeToSave()) {
        save();
      }
    }
  }

  private boolean isEpochComplete() {
    long lastRow = curves.isEmpty() ? 0 : curves.get(curves.size() - 1).step();
    return trainer.steps() > lastRow
        && (trainer.steps() % stepsPerEpoch == 0 || trainer.steps() == steps);
  }

  private boolean isTimeToSave() {
    return (System.nanoTime() - savedAt) / NANOS > 60 * config.training().saveMinutes();
  }

  private void update(Batch batch) {
    batch.skipped().forEach(left -> unreadable.put(left.id(), left.reason()));
    OptionalDouble loss = trainer.update(batch);
    if (loss.isPresent()) {
      lossSum += loss.getAsDouble();
      lossCount++;
    }
    images += batch.samples().size();
  }

  /** The batch of the update numbered {@code step}; called by one thread, in order. */
  private Batch batch(long step) {
    long epoch = step / stepsPerEpoch;
    if (epoch != orderOf) {
      order = Shuffle.order(data.training().size(), seed.derive("order").derive(epoch));
      orderOf = epoch;
    }
    int from = (int) (step % stepsPerEpoch) * batchSize;
    return batches.make(
        step,
        Arrays.copyOfRange(order, from, from + batchSize),
        seed.derive("visit").derive(epoch),
        config.augmentation());
  }

  private void finishEpoch() throws IOException {
    int epoch = (int) ((trainer.steps() + stepsPerEpoch - 1) / stepsPerEpoch);
    boolean due = epoch % config.validation().everyEpochs() == 0 || trainer.steps() == steps;
    EpochRow row =
        new EpochRow(
            epoch,
            trainer.steps(),
            images,
            trainer.lastLearningRate(),
            trainer.logitScale(),
            lossSum / lossCount,
            validator.filter(v -> due).map(v -> v.measure(trainer.model())));
    curves.add(row);
    lossSum = 0;
    lossCount = 0;
    if (isBest(row)) {
      bestEpoch = epoch;
      writeCheckpoint(folder.best());
    }
    writeCheckpoint(folder.last());
    save();
  }

  private boolean isBest(EpochRow row) {
    if (validator.isEmpty()) {
      return true;
    }
    if (row.validation().isEmpty()) {
      return false;
    }
    double loss = row.validation().get().loss();
    if (bestEpoch != 0 && !(loss < bestLoss.orElse(Double.POSITIVE_INFINITY))) {
      return false;
    }
    bestLoss = OptionalDouble.of(loss);
    return true;
  }

  private void writeCheckpoint(Path target) throws IOException {
    ClipCheckpointWriter.write(
        target, trainer.model().config(), parameters, transform, tokenizer.files());
  }

  private void restore(RunState state) {
    folder.state().restore(trainer, state);
    curves.addAll(state.curves());
    state.skipped().forEach(left -> unreadable.put(left.id(), left.reason()));
    images = state.images();
    lossSum = state.lossSum();
    lossCount = state.lossCount();
    bestEpoch = state.bestEpoch();
    bestLoss = state.bestLoss();
    earlierSeconds = state.seconds();
  }

  private void save() throws IOException {
    folder
        .state()
        .write(
            trainer,
            new RunState(
                trainer.steps(),
                images,
                lossSum,
                lossCount,
                List.copyOf(curves),
                bestEpoch,
                bestLoss,
                seconds(),
                skipped(unreadable),
                entries));
    savedAt = System.nanoTime();
  }

  private double seconds() {
    return earlierSeconds + (System.nanoTime() - startedAt) / NANOS;
  }

  private static List<PretrainResult.Skipped> skipped(Map<String, String> reasons) {
    return reasons.entrySet().stream()
        .map(entry -> new PretrainResult.Skipped(entry.getKey(), entry.getValue()))
        .toList();
  }

  private PretrainResult result() {
    List<PretrainResult.Skipped> all = new ArrayList<>(data.skipped());
    all.addAll(skipped(unreadable));
    return new PretrainResult(
        curves,
        bestEpoch,
        folder.best(),
        folder.last(),
        data.training().size(),
        data.validation().size(),
        data.heldOut(),
        parameters.count(),
        images,
        seconds(),
        all);
  }
}
