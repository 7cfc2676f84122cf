package dev.auscult.data.phantom;

/** The classes of PadChest-GR that the phantoms show, and the absence of all of them. */
public enum FindingClass {
  /** Collapsed lung tissue: a dense wedge or band with loss of volume. */
  ATELECTASIS("atelectasis"),
  /** A heart wider than half the thorax. */
  CARDIOMEGALY("cardiomegaly"),
  /** Air spaces filled up: a blotchy opacity with air bronchograms, volume kept. */
  CONSOLIDATION("consolidation"),
  /** Fluid around the lung: a blunted angle or a layer with a meniscus. */
  PLEURAL_EFFUSION("pleural effusion"),
  /** None of the others. */
  NORMAL("no finding");

  private final String term;

  FindingClass(String term) {
    this.term = term;
  }

  /** The class as written in labels, answers and prompts. */
  public String term() {
    return term;
  }
}
