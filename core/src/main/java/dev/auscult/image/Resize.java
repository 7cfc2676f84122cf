package dev.auscult.image;

/** How an image is brought to the target size. */
public sealed interface Resize {

  /**
   * The shorter edge becomes {@code pixels}, the aspect ratio stays; the longer edge is rounded
   * down: transformers' {@code shortest_edge} and torchvision's {@code Resize(pixels)}.
   */
  record ShortestEdge(int pixels) implements Resize {
    /** Checks that the edge is positive. */
    public ShortestEdge {
      requireEdge(pixels);
    }
  }

  /**
   * Both edges are multiplied by {@code pixels / longer edge} in double precision and rounded down,
   * the longer one too, which may so lose a pixel; neither becomes less than 1 (CheXzero's {@code
   * preprocess}).
   */
  record LongestEdge(int pixels) implements Resize {
    /** Checks that the edge is positive. */
    public LongestEdge {
      requireEdge(pixels);
    }
  }

  /**
   * The smallest image of the same aspect ratio that covers the target, edges rounded half to even
   * (open_clip's and timm's {@code ResizeKeepRatio} with {@code longest=0}).
   */
  record Cover(PixelSize target) implements Resize {}

  /**
   * The largest image of the same aspect ratio inside the target, edges rounded half to even, but
   * at least 1 ({@code ResizeKeepRatio} with {@code longest=1}).
   */
  record Contain(PixelSize target) implements Resize {}

  /** Both edges become the target's, whatever the aspect ratio. */
  record Squash(PixelSize target) implements Resize {}

  /**
   * The image is centred on a black square, {@code pixels} wide or as wide as its longer edge if
   * that is more, and the square resized to {@code pixels} (MedCLIP's {@code pad_img}).
   */
  record PaddedSquare(int pixels) implements Resize {
    /** Checks that the edge is positive. */
    public PaddedSquare {
      requireEdge(pixels);
    }
  }

  /** Nothing is resized. */
  record Unresized() implements Resize {}

  private static void requireEdge(int pixels) {
    if (pixels < 1) {
      throw new IllegalArgumentException("not an edge: " + pixels);
    }
  }
}
