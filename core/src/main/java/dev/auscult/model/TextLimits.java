package dev.auscult.model;

/**
 * What a text encoder reads.
 *
 * @param context the largest number of ids in a text
 * @param vocabulary the number of ids
 */
public record TextLimits(int context, int vocabulary) {

  /**
   * Checks texts.
   *
   * @param ids one row of ids per text
   * @param pooled the position of each that is read
   * @throws IllegalArgumentException unless all lie within the limits
   */
  public void check(int[][] ids, int[] pooled) {
    if (ids.length != pooled.length) {
      throw new IllegalArgumentException(
          "%d texts and %d positions".formatted(ids.length, pooled.length));
    }
    for (int text = 0; text < ids.length; text++) {
      int length = ids[text].length;
      if (length < 1 || length > context) {
        throw new IllegalArgumentException(
            "a text of %d ids; the model takes 1 to %d".formatted(length, context));
      }
      if (pooled[text] < 0 || pooled[text] >= length) {
        throw new IllegalArgumentException(
            "position %d in a text of %d ids".formatted(pooled[text], length));
      }
      for (int id : ids[text]) {
        if (id < 0 || id >= vocabulary) {
          throw new IllegalArgumentException(
              "id %d in a vocabulary of %d".formatted(id, vocabulary));
        }
      }
    }
  }

  /**
   * Checks the marks of hidden tokens.
   *
   * @throws IllegalArgumentException unless there is one for every id of every text
   */
  public static void checkHidden(int[][] ids, boolean[][] hidden) {
    boolean fits = hidden.length == ids.length;
    for (int text = 0; fits && text < ids.length; text++) {
      fits = hidden[text].length == ids[text].length;
    }
    if (!fits) {
      throw new IllegalArgumentException("not one mark for every id of every text");
    }
  }
}
