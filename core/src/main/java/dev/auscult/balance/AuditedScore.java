package dev.auscult.balance;

import dev.auscult.model.DualEncoder;
import dev.auscult.model.ScoreFunction;
import dev.auscult.shapley.JointScore;
import dev.auscult.shapley.Vectors;
import java.util.Optional;

/** Which number of an image and a text is divided among the players. */
public enum AuditedScore implements Labelled {
  /** The cosine. */
  COSINE("cosine", "cosine"),
  /** {@code logit scale * cosine}. */
  LOGIT("logit", "logit scale * cosine"),
  /** The logistic function of {@code logit scale * cosine + bias}: SigLIP's probability. */
  SIGMOID("sigmoid", "sigmoid(logit scale * cosine + bias)"),
  /**
   * The probability of the text among all candidates, {@code softmax(logit scale * cosine)}. The
   * other candidates are always whole: only the text that is divided is masked.
   */
  SOFTMAX("softmax", "softmax(logit scale * cosine) over the candidates"),
  /** The log-odds of the outcome that a classifier on top of image and text calls. */
  OUTCOME("outcome", "log-odds of the outcome that the fused classifier calls");

  private final String label;
  private final String formula;

  AuditedScore(String label, String formula) {
    this.label = label;
    this.formula = formula;
  }

  @Override
  public String label() {
    return label;
  }

  /** The score in a formula. */
  String formula() {
    return formula;
  }

  /** Whether it is a multiple of the cosine, so that closed forms hold. */
  boolean bilinear() {
    return this == COSINE || this == LOGIT;
  }

  /**
   * The score under a model.
   *
   * @param others embeddings of the candidates that the text competes with; for SOFTMAX only
   */
  JointScore under(DualEncoder encoder, Optional<Vectors> others) {
    ScoreFunction function = encoder.score();
    return switch (this) {
      case COSINE -> new JointScore.Product(1);
      case LOGIT -> new JointScore.Product(encoder.logitScale());
      case SIGMOID -> new JointScore.Sigmoid(function.scale(), function.bias());
      case SOFTMAX ->
          new JointScore.Against(
              encoder.logitScale(),
              others.orElseThrow(() -> new IllegalStateException("no candidates to compete with")));
      case OUTCOME -> throw new IllegalStateException("no score of the model itself");
    };
  }
}
