package dev.auscult.image;

/** How an image is brought to the target size. */
public sealed interface Resize {

  /** The same to a target {@code factor} times as large, edges rounded. */
  Resize scaled(double factor);

  /**
   * The shorter edge becomes {@code pixels}, the aspect ratio stays; the longer edge is rounded
   * down: transformers' {@code shortest_edge} and torchvision's {@code Resize(pixels)}.
   */
  record ShortestEdge(int pixels) implements Resize {
    /** Checks that the edge is positive. */
    public ShortestEdge {
      requireEdge(pixels);
    }

    @Override
    public Resize scaled(double factor) {
      return new ShortestEdge(times(pixels, factor));
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

    @Override
    public Resize scaled(double factor) {
      return new LongestEdge(times(pixels, factor));
    }
  }

  /**
   * The smallest image of the same aspect ratio that covers the target, edges rounded half to even
   * (open_clip's and timm's {@code ResizeKeepRatio} with {@code longest=0}).
   */
  record Cover(PixelSize target) implements Resize {
    @Override
    public Resize scaled(double factor) {
      return new Cover(times(target, factor));
    }
  }

  /**
   * The largest image of the same aspect ratio inside the target, edges rounded half to even, but
   * at least 1 ({@code ResizeKeepRatio} with {@code longest=1}).
   */
  record Contain(PixelSize target) implements Resize {
    @Override
    public Resize scaled(double factor) {
      return new Contain(times(target, factor));
    }
  }

  /** Both edges become the target's, whatever the aspect ratio. */
  record Squash(PixelSize target) implements Resize {
    @Override
    public Resize scaled(double factor) {
      return new Squash(times(target, factor));
    }
  }

  /**
   * The image is centred on a black square, {@code pixels} wide or as wide as its longer edge if
   * that is more, and the square resized to {@code pixels} (MedCLIP's {@code pad_img}).
   */
  record PaddedSquare(int pixels) implements Resize {
    /** Checks that the edge is positive. */
    public PaddedSquare {
      requireEdge(pixels);
    }

    @Override
    public Resize scaled(double factor) {
      return new PaddedSquare(times(pixels, factor));
    }
  }

  /** Nothing is resized. */
  record Unresized() implements Resize {
    @Override
    public Resize scaled(double factor) {
      return this;
    }
  }

  private static int times(int edge, double factor) {
    return Math.toIntExact(Math.max(1, Math.round(edge * factor)));
  }

  private static PixelSize times(PixelSize size, double factor) {
    return new PixelSize(times(size.height(), factor), times(size.width(), factor));
  }

  private static void requireEdge(int pixels) {
    if (pixels < 1) {
      throw new IllegalArgumentException("not an edge: " + pixels);
    }
  }
}
