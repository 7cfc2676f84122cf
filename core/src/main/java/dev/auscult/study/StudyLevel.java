package dev.auscult.study;

/** How fine predictions are judged. */
public enum StudyLevel {
  /** Classes: the score of a class is that of its best combination. */
  CLASS("class", "class level"),
  /** Class-concept combinations. */
  COMBINATION("class-concept", "class-concept level");

  private final String term;
  private final String title;

  StudyLevel(String term, String title) {
    this.term = term;
    this.title = title;
  }

  /** The word for it in files. */
  public String term() {
    return term;
  }

  /** Its name in text. */
  public String title() {
    return title;
  }
}
