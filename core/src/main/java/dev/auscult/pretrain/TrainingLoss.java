package dev.auscult.pretrain;

/** What training minimises. */
public enum TrainingLoss {
  /** {@link ContrastiveLoss}: the text of an image is its own and no other. */
  INFO_NCE("info-nce"),
  /** {@link SemanticMatchingLoss}: images and texts are drawn apart and matched by labels. */
  SEMANTIC_MATCHING("semantic-matching");

  private final String term;

  TrainingLoss(String term) {
    this.term = term;
  }

  /** As written in configurations. */
  public String term() {
    return term;
  }
}
