package dev.auscult.model;

/**
 * The image encoder's patches.
 *
 * @param imageSize side of the square input in pixels
 * @param patchSize side of a patch in pixels
 */
public record PatchGrid(int imageSize, int patchSize) {

  /** Checks that patches cover the image. */
  public PatchGrid {
    if (patchSize < 1 || imageSize < patchSize || imageSize % patchSize != 0) {
      throw new IllegalArgumentException(
          "patches of %d do not tile an image of %d".formatted(patchSize, imageSize));
    }
  }

  /** Patches along one side. */
  public int side() {
    return imageSize / patchSize;
  }

  /** Patches in all, numbered row by row from the top left. */
  public int count() {
    return side() * side();
  }
}
