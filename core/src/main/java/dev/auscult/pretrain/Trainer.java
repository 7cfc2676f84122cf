package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import dev.auscult.model.ClipModel;
import dev.auscult.model.Parameters;
import dev.auscult.pretrain.PretrainConfig.Training;
import dev.auscult.tensor.AdamW;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;

/** A model with its optimiser; one update per batch. */
final class Trainer implements AutoCloseable {
  /** The largest logarithm of the scale, ln 100 (Radford 2021, section 2.5). */
  static final double MAX_LOGIT_SCALE = Math.log(100);

  private final ClipModel model;
  private final Parameters parameters;
  private final Training training;
  private final LearningRate learningRate;
  private final AdamW optimiser;

  /** The parameters stay the caller's; the optimiser's state belongs to this. */
  Trainer(ClipModel model, Parameters parameters, Training training, LearningRate learningRate) {
    this.model = model;
    this.parameters = parameters;
    this.training = training;
    this.learningRate = learningRate;
    this.optimiser =
        new AdamW(
            decayGroups(parameters, training.weightDecay()),
            new AdamW.Settings(training.beta1(), training.beta2(), training.epsilon()));
  }

  /**
   * Weight decay on everything with two or more dimensions: matrices, the patch convolution, token
   * and position embeddings. Gains, biases, the class embedding and the logit scale have none.
   */
  static List<AdamW.Parameter> decayGroups(Parameters parameters, double weightDecay) {
    return parameters.byName().values().stream()
        .map(tensor -> new AdamW.Parameter(tensor, tensor.rank() >= 2 ? weightDecay : 0))
        .toList();
  }

  /**
   * One update; an empty batch changes nothing, but counts.
   *
   * @return the loss before it, empty for an empty batch
   * @throws InputException if the loss is not finite
   */
  OptionalDouble update(Batch batch) {
    OptionalDouble loss =
        batch.samples().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(computeGradients(batch));
    optimiser.clipGradients(training.clip());
    optimiser.step(learningRate.at(optimiser.steps()));
    parameters.get("logit_scale").clampInPlace(0, MAX_LOGIT_SCALE);
    return loss;
  }

  private double computeGradients(Batch batch) {
    try (Scope scope = Scope.open()) {
      Tensor value = PairObjective.loss(model, batch);
      double loss = value.item();
      requireFinite(loss);
      value.backward();
      return loss;
    }
  }

  private void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new InputException(
          "training, update " + (optimiser.steps() + 1),
          "a loss of " + loss,
          "a finite one",
          "lower training.learning_rate or lengthen training.warmup");
    }
  }

  /** Updates made so far. */
  long steps() {
    return optimiser.steps();
  }

  /** The rate of the update before this moment. */
  double lastLearningRate() {
    return learningRate.at(Math.max(0, steps() - 1));
  }

  /** The factor on the cosine. */
  double logitScale() {
    return Math.exp(model.logitScale().item());
  }

  ClipModel model() {
    return model;
  }

  Parameters parameters() {
    return parameters;
  }

  AdamW optimiser() {
    return optimiser;
  }

  @Override
  public void close() {
    optimiser.close();
  }
}
