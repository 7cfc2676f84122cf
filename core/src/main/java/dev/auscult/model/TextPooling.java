package dev.auscult.model;

import java.util.Arrays;
import java.util.List;

/** Which states of a text transformer its embedding is made of. */
public sealed interface TextPooling {

  /** The position in an unpadded text that is read; 0 if it is no single one. */
  int position(int[] ids);

  /** In words. */
  String words();

  /** The state of one place after the last block. */
  enum Place implements TextPooling {
    /** The first token, BERT's {@code [CLS]}. */
    FIRST {
      @Override
      public int position(int[] ids) {
        return 0;
      }
    },
    /** The text's last token. */
    LAST {
      @Override
      public int position(int[] ids) {
        return ids.length - 1;
      }
    },
    /** The last position of the context, whatever fills it; only where padding is read. */
    CONTEXT_END {
      @Override
      public int position(int[] ids) {
        return ids.length - 1;
      }
    };

    @Override
    public String words() {
      return switch (this) {
        case FIRST -> "first token";
        case LAST -> "last token";
        case CONTEXT_END -> "end of the context";
      };
    }
  }

  /**
   * The state of the first end token; CLIP's rule.
   *
   * @param endId the end token's id; {@link #OLD_RULE} stands for the largest id of the text
   */
  record EndToken(int endId) implements TextPooling {
    @Override
    public String words() {
      return "first end token";
    }

    /** In configurations of the time when the largest id marked the end. */
    public static final int OLD_RULE = 2;

    /** A text without an end token is read at position 0, as in the reference. */
    @Override
    public int position(int[] ids) {
      int wanted = endId == OLD_RULE ? Arrays.stream(ids).max().orElse(endId) : endId;
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == wanted) {
          return i;
        }
      }
      return 0;
    }
  }

  /**
   * The mean over all tokens that are present of the states after some blocks, and then over these
   * blocks.
   *
   * @param layers after how many blocks, 0 for what enters the first; negative numbers count from
   *     the last, -1; a number may be there twice and counts twice then
   */
  record MeanOfLayers(List<Integer> layers) implements TextPooling {

    /** Copies the list. */
    public MeanOfLayers {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("the mean of no layers");
      }
    }

    @Override
    public int position(int[] ids) {
      return 0;
    }

    @Override
    public String words() {
      return "mean over the tokens of layers " + layers;
    }

    /** How often the state after {@code layer} of {@code count} blocks is in the mean. */
    int weight(int layer, int count) {
      return (int)
          layers.stream().filter(wanted -> Math.floorMod(wanted, count + 1) == layer).count();
    }
  }
}
