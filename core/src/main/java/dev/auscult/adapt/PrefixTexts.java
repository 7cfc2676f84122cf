package dev.auscult.adapt;

import dev.auscult.model.ContextTower;
import dev.auscult.model.SharedPrefix;
import dev.auscult.model.SharedPrefix.Beginning;
import dev.auscult.model.TokenBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Lanes;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts that begin alike, with a learnt context, through a causal encoder. One lane computes the
 * beginning, others what follows in each part of the texts, block by block: a part needs the
 * beginning's keys and values at a block and, on the way back, the beginning needs every part's
 * derivatives with respect to them. So no lane waits for a whole pass of another, and with one lane
 * the beginning comes first and goes back last.
 */
final class PrefixTexts implements TextGradients {
  private final Lanes lanes;
  private final ContextTower tower;
  private final SharedPrefix prefix;
  private final List<int[][]> parts;

  /** What outlives the scopes of the lanes. */
  private final List<Tensor> kept = Collections.synchronizedList(new ArrayList<>());

  /** By block. */
  private final List<CompletableFuture<Step>> beginning;

  /** By part and block. */
  private final List<List<Step>> following;

  private final FloatMatrix rows;

  /**
   * A block, cut off from the one before.
   *
   * @param input what enters it: a leaf, but before the first block
   * @param seen the beginning's keys and values: as computed, or in what follows leaves
   * @param output what leaves it
   */
  private record Step(Tensor input, Beginning seen, Tensor output) {}

  private PrefixTexts(Lanes lanes, ContextTower tower, List<int[][]> parts) {
    this.lanes = lanes;
    this.tower = tower;
    this.prefix = new SharedPrefix(tower.tower(), tower.vectors(), tower.leading());
    this.parts = parts;
    this.beginning = futures();
    this.following = new ArrayList<>(Collections.nCopies(parts.size(), List.of()));
    try {
      this.rows =
          lanes.map(1 + parts.size(), lane -> lane == 0 ? begin() : follow(lane - 1)).stream()
              .reduce(FloatMatrix::append)
              .orElseThrow();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Embeds.
   *
   * @param tower whose context is learnt
   * @param texts ids of each; the tower shares their prefix
   */
  static PrefixTexts forward(Lanes lanes, ContextTower tower, int[][] texts) {
    return new PrefixTexts(lanes, tower, TextParts.split(texts));
  }

  private <T> List<CompletableFuture<T>> futures() {
    return Stream.generate(CompletableFuture<T>::new).limit(prefix.blocks()).toList();
  }

  /** Who waits for a lane that failed fails as well. */
  private static <T> T orFail(List<? extends CompletableFuture<?>> awaited, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      awaited.forEach(future -> future.completeExceptionally(e));
      throw e;
    }
  }

  /** No rows of its own. */
  private FloatMatrix begin() {
    return orFail(
        beginning,
        () -> {
          try (Scope scope = Scope.open()) {
            Tensor input = prefix.begin(TokenBatch.of(tower, parts.get(0)));
            keep(scope, input);
            for (int block = 0; block < prefix.blocks(); block++) {
              Beginning seen = prefix.begin(block, input);
              keep(scope, seen.keys());
              keep(scope, seen.values());
              Tensor next = seen.next() == null ? seen.keys() : keep(scope, seen.next());
              beginning.get(block).complete(new Step(input, seen, next));
              input = leaf(next);
            }
            return new FloatMatrix(0, tower.dimension(), new float[0]);
          }
        });
  }

  private FloatMatrix follow(int part) {
    try (Scope scope = Scope.open()) {
      TokenBatch batch = TokenBatch.of(tower, parts.get(part));
      List<Step> steps = new ArrayList<>();
      Tensor input = keep(scope, prefix.follow(batch));
      for (int block = 0; block < prefix.blocks(); block++) {
        Beginning computed = beginning.get(block).join().seen();
        Beginning seen = new Beginning(leaf(computed.keys()), leaf(computed.values()), null);
        boolean last = block == prefix.blocks() - 1;
        Tensor output =
            last
                ? Functions.l2Normalize(prefix.read(batch, input, seen))
                : prefix.follow(block, input, seen);
        steps.add(new Step(input, seen, keep(scope, output)));
        input = leaf(output);
      }
      following.set(part, steps);
      return steps.get(prefix.blocks() - 1).output().toMatrix();
    }
  }

  private Tensor keep(Scope scope, Tensor tensor) {
    kept.add(scope.keep(tensor));
    return tensor;
  }

  private Tensor leaf(Tensor computed) {
    Tensor leaf = Tensor.unscoped(computed::detach).requireGradient();
    kept.add(leaf);
    return leaf;
  }

  @Override
  public FloatMatrix rows() {
    return rows;
  }

  @Override
  public void backward(Tensor derivative) {
    List<List<CompletableFuture<Beginning>>> answers =
        IntStream.range(0, parts.size()).mapToObj(part -> this.<Beginning>futures()).toList();
    int[] from = TextParts.offsets(parts);
    lanes.map(
        parts.size() + 1,
        lane -> {
          try (Scope scope = Scope.open()) {
            if (lane == parts.size()) {
              backward(answers);
            } else {
              Tensor own = derivative.narrow(0, from[lane], parts.get(lane).length);
              orFail(
                  answers.get(lane), () -> backward(following.get(lane), own, answers.get(lane)));
            }
            return lane;
          }
        });
  }

  private boolean backward(
      List<Step> steps, Tensor derivative, List<CompletableFuture<Beginning>> answers) {
    Tensor own = derivative;
    for (int block = steps.size() - 1; block >= 0; block--) {
      Step step = steps.get(block);
      step.output().backward(own);
      answers.get(block).complete(step.seen());
      own = block == 0 ? own : step.input().gradient();
    }
    return true;
  }

  /** The beginning's way back, to the context. */
  private void backward(List<List<CompletableFuture<Beginning>>> answers) {
    List<Tensor> fromNext = List.of();
    for (int block = prefix.blocks() - 1; block >= 0; block--) {
      Step step = beginning.get(block).join();
      List<Tensor> computed = new ArrayList<>(List.of(step.seen().keys(), step.seen().values()));
      List<Tensor> derivatives =
          new ArrayList<>(
              List.of(
                  sum(answers, block, Beginning::keys), sum(answers, block, Beginning::values)));
      if (!fromNext.isEmpty()) {
        computed.add(step.output());
        derivatives.addAll(fromNext);
      }
      Tensor.backward(computed, derivatives);
      fromNext = block == 0 ? List.of() : List.of(step.input().gradient());
    }
  }

  /** Part after part. */
  private static Tensor sum(
      List<List<CompletableFuture<Beginning>>> answers,
      int block,
      Function<Beginning, Tensor> which) {
    return answers.stream()
        .map(of -> which.apply(of.get(block).join()).gradient())
        .reduce(Tensor::add)
        .orElseThrow();
  }

  @Override
  public void close() {
    kept.forEach(Tensor::close);
  }
}
