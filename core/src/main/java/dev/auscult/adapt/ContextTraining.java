package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.LabelMode;
import dev.auscult.model.ContextTower;
import dev.auscult.model.TextTransformer;
import dev.auscult.model.TokenBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Lanes;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Sgd;
import dev.auscult.tensor.StandIns;
import dev.auscult.tensor.Tensor;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A context as it is learnt: each label's text is computed once per update. Bits do not depend on
 * the number of threads.
 */
final class ContextTraining implements AutoCloseable {
  private static final double MOMENTUM = .9;
  private static final double WEIGHT_DECAY = 5e-4;

  private final AdaptationTask task;
  private final Tensor context;
  private final ContextTower tower;
  private final boolean sharesPrefix;
  private final Lanes lanes;
  private final Sgd optimiser;

  /** The labels' texts and, last, that of nothing found. */
  private final int[][] texts;

  /**
   * Begins.
   *
   * @param tower of which only the context requires gradients; owned by this from now on
   * @param texts ids of the labels' words and of those of nothing found, special tokens included
   * @param threads how many compute, which no bit depends on
   */
  ContextTraining(AdaptationTask task, ContextTower tower, int[][] texts, int threads) {
    this.task = task;
    this.tower = tower;
    this.texts = texts;
    this.context = tower.vectors();
    this.optimiser = new Sgd(List.of(context), MOMENTUM, WEIGHT_DECAY);
    this.sharesPrefix = sharesPrefix(tower, texts);
    this.lanes = Lanes.open(threads);
  }

  private static boolean sharesPrefix(ContextTower tower, int[][] texts) {
    try (Scope scope = Scope.inference()) {
      return tower.sharesPrefix(TokenBatch.of(tower, texts));
    }
  }

  /**
   * Begins as a method says.
   *
   * @throws InputException if the model does not take vectors, or a text has no room beside them
   */
  static ContextTraining of(CoOp method, AdaptationTask task) {
    TaskEncoder source = TaskEncoder.of(task, method.method());
    TextTransformer text =
        PromptContext.transformer(source.model(), source.towers(method.method()));
    List<String> words = new ArrayList<>(method.words().of(task.labels(), source.prompts()));
    words.add(source.prompts().none());
    int[][] ids = ids(words, method.length(), text.context(), source.model().tokenizer());
    FloatMatrix initial = method.initial((int) text.width(), task.seed());
    Tensor context = Tensor.unscoped(() -> Tensor.of(initial)).requireGradient();
    int leading = PromptContext.leading(source.model().tokenizer());
    return new ContextTraining(
        task, new ContextTower(text, context, leading), ids, source.compute().threads());
  }

  private static int[][] ids(List<String> words, int length, int limit, Tokenizer tokenizer) {
    List<int[]> ids = new ArrayList<>();
    for (String text : words) {
      Tokens tokens = tokenizer.encode(text);
      int needed = tokens.tokens().size() + tokens.dropped() + length;
      if (needed > limit) {
        throw new InputException(
            "--set context",
            "%d vectors before \"%s\", %d tokens".formatted(length, text, needed),
            "at most %d: the model reads no more".formatted(limit),
            "learn fewer vectors, or word the label shorter");
      }
      ids.add(tokens.ids());
    }
    return ids.toArray(int[][]::new);
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

  /** The mean loss of samples; the context then has its gradient. */
  double gradient(int[] rows) {
    LabelledFeatures batch = task.train().rows(Arrays.stream(rows).boxed().toList());
    int count = texts.length - (task.mode() == LabelMode.EXCLUSIVE ? 1 : 0);
    try (TextGradients parts = forward(Arrays.copyOf(texts, count));
        Scope scope = Scope.open()) {
      Tensor embedded = Tensor.of(parts.rows()).requireGradient();
      Tensor logits =
          Tensor.of(batch.images()).matmul(embedded.transpose(0, 1)).multiply(task.logitScale());
      double loss = LogitLoss.backward(logits, batch.labels(), task.mode(), 1);
      parts.backward(embedded.gradient());
      return loss;
    }
  }

  private TextGradients forward(int[][] ids) {
    return sharesPrefix
        ? PrefixTexts.forward(lanes, tower, ids)
        : TextParts.forward(lanes, ids, this::tower);
  }

  private ContextTower tower(StandIns standIns, int part) {
    return new ContextTower(tower.tower(), standIns.of(context), tower.leading());
  }

  /** What {@link #gradient} left. */
  float[] contextGradient() {
    try (Scope scope = Scope.inference()) {
      return context.gradient().toFloats();
    }
  }

  /** What is learnt so far. */
  PromptContext toAdapter() {
    FloatMatrix all = TextParts.embed(lanes, texts, tower);
    int labels = texts.length - 1;
    float[] ofLabels = Arrays.copyOf(all.toArray(), labels * all.columns());
    try (Scope scope = Scope.inference()) {
      return new PromptContext(
          context.toMatrix(),
          new FloatMatrix(labels, all.columns(), ofLabels),
          new FloatMatrix(1, all.columns(), all.row(labels)));
    }
  }

  @Override
  public void close() {
    lanes.close();
    optimiser.close();
    context.close();
  }
}
