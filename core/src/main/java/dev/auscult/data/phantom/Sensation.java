package dev.auscult.data.phantom;

/** What a complaint feels like, in a person's words. */
enum Sensation {
  PRESSING("pressing", true),
  TIGHT("tight", true),
  HEAVY("heavy", true),
  BURNING("burning", false),
  TINGLING("tingling", false),
  ITCHING("itching", false);

  private final String word;
  private final boolean deep;

  Sensation(String word, boolean deep) {
    this.word = word;
    this.deep = deep;
  }

  /** The word for it. */
  String word() {
    return word;
  }

  /** +1 for what is felt deep inside, -1 for what is felt on the skin: the sign of the text. */
  int sign() {
    return deep ? 1 : -1;
  }
}
