package dev.auscult.adapt;

import dev.auscult.model.TextTower;
import dev.auscult.model.TokenBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Lanes;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.StandIns;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Texts embedded in parts, side by side, that keep what their derivatives need. Which texts make a
 * part depends on how many there are and on nothing else.
 */
final class TextParts implements TextGradients {
  /** A part costs a pass over the weights, whatever its size. */
  private static final int MOST_AT_ONCE = 24;

  private final Lanes lanes;
  private final List<Part> parts;

  /**
   * @param standIns of what is learnt
   * @param embedded unit rows {@code [n, d]}, which nobody owns
   */
  private record Part(StandIns standIns, Tensor embedded, FloatMatrix rows) {}

  private TextParts(Lanes lanes, List<Part> parts) {
    this.lanes = lanes;
    this.parts = parts;
  }

  /**
   * Embeds.
   *
   * @param texts ids of each
   * @param towers with the stand-ins of what is learnt, for the part of a number
   */
  static TextParts forward(
      Lanes lanes, int[][] texts, BiFunction<StandIns, Integer, TextTower> towers) {
    List<int[][]> split = split(texts);
    return new TextParts(
        lanes,
        lanes.map(
            split.size(),
            number -> {
              StandIns standIns = new StandIns();
              try (Scope scope = Scope.open()) {
                Tensor rows = embed(towers.apply(standIns, number), split.get(number));
                return new Part(standIns, scope.keep(rows), rows.toMatrix());
              } catch (RuntimeException e) {
                standIns.close();
                throw e;
              }
            }));
  }

  /**
   * Embeds without derivatives, with the same bits.
   *
   * @return unit rows {@code [n, d]}
   */
  static FloatMatrix embed(Lanes lanes, int[][] texts, TextTower tower) {
    List<int[][]> split = split(texts);
    return joined(
        lanes.map(
            split.size(),
            number -> {
              try (Scope scope = Scope.inference()) {
                return embed(tower, split.get(number)).toMatrix();
              }
            }));
  }

  /** Parts as even as can be. */
  static List<int[][]> split(int[][] texts) {
    int count = (texts.length + MOST_AT_ONCE - 1) / MOST_AT_ONCE;
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                Arrays.copyOfRange(
                    texts, texts.length * number / count, texts.length * (number + 1) / count))
        .toList();
  }

  /** Where each part begins among all texts. */
  static int[] offsets(List<int[][]> parts) {
    int[] from = new int[parts.size()];
    for (int i = 1; i < from.length; i++) {
      from[i] = from[i - 1] + parts.get(i - 1).length;
    }
    return from;
  }

  private static Tensor embed(TextTower tower, int[][] ids) {
    return Functions.l2Normalize(tower.forward(TokenBatch.of(tower, ids)));
  }

  private static FloatMatrix joined(List<FloatMatrix> parts) {
    return parts.stream().reduce(FloatMatrix::append).orElseThrow();
  }

  @Override
  public FloatMatrix rows() {
    return joined(parts.stream().map(Part::rows).toList());
  }

  @Override
  public void backward(Tensor derivative) {
    int[] from = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      from[i + 1] = from[i] + parts.get(i).rows().rows();
    }
    lanes.map(
        parts.size(),
        number -> {
          try (Scope scope = Scope.open()) {
            Part part = parts.get(number);
            part.embedded().backward(derivative.narrow(0, from[number], part.rows().rows()));
            return number;
          }
        });
    parts.forEach(part -> part.standIns().gradients().add());
  }

  @Override
  public void close() {
    for (Part part : parts) {
      part.embedded().close();
      part.standIns().close();
    }
  }
}
