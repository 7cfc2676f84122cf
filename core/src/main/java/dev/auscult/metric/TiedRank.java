package dev.auscult.metric;

/**
 * The rank of a query's best-ranked relevant item. Items of equal score have no order of their own:
 * every figure is its expectation over all orders of them, so that a model that scores everything
 * alike gets what chance would give it, neither the first place nor the last.
 *
 * <p>Any of several relevant items counts as a hit: {@link #recallAt} is what torchmetrics calls
 * hit rate, and {@link #reciprocal} its reciprocal rank.
 *
 * @param better items that are not relevant and score higher than the best relevant one
 * @param tied items that are not relevant and score the same as it
 * @param relevant relevant items of that score, itself among them
 */
public record TiedRank(int better, int tied, int relevant) {

  /** Checks the counts. */
  public TiedRank {
    if (better < 0 || tied < 0 || relevant < 1) {
      throw new IllegalArgumentException(
          "%d better, %d tied, %d relevant items".formatted(better, tied, relevant));
    }
  }

  /** The rank where nothing is known: all {@code items} tie, {@code relevant} of them relevant. */
  public static TiedRank byChance(int items, int relevant) {
    return new TiedRank(0, items - relevant, relevant);
  }

  /**
   * The chance that a relevant item is among the first {@code k}: 0 or 1 without ties, else one
   * minus the hypergeometric chance that the places left within {@code k} all go to others.
   */
  public double recallAt(int k) {
    int places = k - better;
    if (places <= 0) {
      return 0;
    }
    if (places > tied) {
      return 1;
    }
    double none = 1;
    for (int place = 0; place < places; place++) {
      none *= (double) (tied - place) / (tied + relevant - place);
    }
    return 1 - none;
  }

  /** The expected reciprocal of the rank. */
  public double reciprocal() {
    double sum = 0;
    double none = 1;
    for (int place = 0; place <= tied; place++) {
      int left = tied + relevant - place;
      sum += none * relevant / left / (better + place + 1);
      none *= (double) (tied - place) / left;
    }
    return sum;
  }

  /** The expected rank, from 1; without ties the rank itself. */
  public double expected() {
    return better + (tied + relevant + 1.0) / (relevant + 1.0);
  }
}
