package dev.auscult.balance;

import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.GameSide;
import dev.auscult.shapley.MemoisedSide;
import dev.auscult.shapley.Vectors;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Encodes masked inputs of many samples together, each distinct one of a side once.
 *
 * <p>What is encoded together is decided by what is asked together, never by time or threads: the
 * same requests make the same batches.
 *
 * @param <I> images or texts
 */
final class EncoderPasses<I> {
  private final Inputs<I> inputs;
  private final int dimension;
  private final Runnable betweenBatches;

  private EncoderPasses(Inputs<I> inputs, int dimension, Runnable betweenBatches) {
    this.inputs = inputs;
    this.dimension = dimension;
    this.betweenBatches = betweenBatches;
  }

  /**
   * Passes of an image encoder.
   *
   * @param betweenBatches called before each batch; may stop a long encoding by throwing
   */
  static EncoderPasses<MaskableImage> images(DualEncoder encoder, Runnable betweenBatches) {
    return new EncoderPasses<>(new MaskedImages(encoder), encoder.dimension(), betweenBatches);
  }

  /** Passes of a text encoder; see {@link #images}. */
  static EncoderPasses<MaskableText> texts(DualEncoder encoder, Runnable betweenBatches) {
    return new EncoderPasses<>(new MaskedTexts(encoder), encoder.dimension(), betweenBatches);
  }

  /** How one modality is encoded. */
  interface Inputs<I> {
    /** The number of players. */
    int players(I input);

    /** Passes of equal length go together. */
    int length(Pass<I> pass);

    /** Whether two passes can be in one batch. */
    boolean together(Pass<I> first, Pass<I> other);

    /** The most passes handed to the encoder at once. */
    int most(Pass<I> first);

    /** One row per pass. */
    FloatMatrix encode(List<Pass<I>> passes);
  }

  /**
   * One masked input.
   *
   * @param input what is masked
   * @param present who is there
   */
  record Pass<I>(I input, Coalition present) {}

  /**
   * A side of a game with what is encoded of it.
   *
   * @param input the image or text
   * @param side its vectors
   */
  record Encoded<I>(I input, MemoisedSide side) {}

  /**
   * Coalitions that are wanted of a side.
   *
   * @param of the side
   * @param coalitions its coalitions; those known already cost nothing
   */
  record Wanted<I>(Encoded<I> of, List<Coalition> coalitions) {}

  /** An input of which nothing is encoded yet. */
  Encoded<I> open(I input) {
    GameSide side =
        new GameSide() {
          @Override
          public int players() {
            return inputs.players(input);
          }

          @Override
          public Vectors encode(List<Coalition> coalitions) {
            float[] rows = encodeAll(passes(input, coalitions));
            return new Vectors(coalitions.size(), dimension, rows);
          }
        };
    return new Encoded<>(input, new MemoisedSide(side));
  }

  private static <I> List<Pass<I>> passes(I input, List<Coalition> coalitions) {
    return coalitions.stream().map(present -> new Pass<>(input, present)).toList();
  }

  /** Encodes together what is not known yet of some sides. */
  void encode(List<Wanted<I>> wanted) {
    List<Wanted<I>> open = unknown(wanted);
    List<Pass<I>> passes = new ArrayList<>();
    open.forEach(one -> passes.addAll(passes(one.of().input(), one.coalitions())));
    float[] rows = encodeAll(passes);
    int at = 0;
    for (Wanted<I> one : open) {
      int count = one.coalitions().size();
      float[] own = Arrays.copyOfRange(rows, at, at + count * dimension);
      one.of().side().learn(one.coalitions(), new Vectors(count, dimension, own));
      at += own.length;
    }
  }

  /** What is unknown, the wishes for one side joined. */
  private static <I> List<Wanted<I>> unknown(List<Wanted<I>> wanted) {
    Map<MemoisedSide, Wanted<I>> bySide = new LinkedHashMap<>();
    wanted.forEach(one -> bySide.merge(one.of().side(), one, EncoderPasses::joined));
    return bySide.values().stream()
        .map(one -> new Wanted<>(one.of(), one.of().side().unknown(one.coalitions())))
        .filter(one -> !one.coalitions().isEmpty())
        .toList();
  }

  private static <I> Wanted<I> joined(Wanted<I> first, Wanted<I> second) {
    List<Coalition> both = new ArrayList<>(first.coalitions());
    both.addAll(second.coalitions());
    return new Wanted<>(first.of(), both);
  }

  /** The rows of passes in their order; computed by length, in portions of bounded size. */
  private float[] encodeAll(List<Pass<I>> passes) {
    float[] rows = new float[Math.multiplyExact(passes.size(), dimension)];
    List<Integer> order =
        IntStream.range(0, passes.size())
            .boxed()
            .sorted(Comparator.comparingInt(pass -> inputs.length(passes.get(pass))))
            .toList();
    for (int from = 0; from < order.size(); ) {
      betweenBatches.run();
      Pass<I> first = passes.get(order.get(from));
      int end = Math.min(order.size(), from + inputs.most(first));
      int to = from + 1;
      while (to < end && inputs.together(first, passes.get(order.get(to)))) {
        to++;
      }
      List<Integer> portion = order.subList(from, to);
      float[] encoded = inputs.encode(portion.stream().map(passes::get).toList()).toArray();
      for (int i = 0; i < portion.size(); i++) {
        System.arraycopy(encoded, i * dimension, rows, portion.get(i) * dimension, dimension);
      }
      from = to;
    }
    return rows;
  }
}
