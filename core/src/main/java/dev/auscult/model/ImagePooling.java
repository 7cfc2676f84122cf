package dev.auscult.model;

import java.util.Locale;

/** What makes one vector of the states of a vision transformer. */
public sealed interface ImagePooling {

  /** Features of the vector, for states of {@code width}. */
  default int outputs(int width) {
    return width;
  }

  /** In words. */
  default String words() {
    return toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Without parameters. */
  enum Simple implements ImagePooling {
    /** The state of the class token, normalised. */
    CLASS_TOKEN,
    /** The mean over the patches of their normalised states. */
    MEAN_OF_NORMED,
    /** The mean over the patches of their states, normalised. */
    NORMED_MEAN
  }

  /**
   * A learnt query attends to the normalised states ({@link AttentionPool}).
   *
   * @param format its parts and their names
   * @param name what the names of its tensors begin with; the whole beginning, since some lie
   *     outside their tower
   * @param width features of the query and of the result
   * @param heads of its attention
   */
  record Attention(AttentionPoolFormat format, String name, int width, int heads)
      implements ImagePooling {

    /** Checks that the heads divide the width. */
    public Attention {
      if (width < 1 || heads < 1 || width % heads != 0) {
        throw new IllegalArgumentException(
            "%d heads do not divide a width of %d".formatted(heads, width));
      }
    }

    @Override
    public String words() {
      return "attention of a learnt query with %d heads".formatted(heads);
    }

    @Override
    public int outputs(int states) {
      return width;
    }

    /** The pooling over these tensors. */
    AttentionPool of(Parameters parameters, TransformerConfig transformer) {
      return format.pool(this, transformer, parameters);
    }
  }
}
