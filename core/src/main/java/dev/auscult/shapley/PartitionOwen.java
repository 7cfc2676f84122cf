package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Owen values by recursion through a hierarchy of coalitions, as shap's {@code PartitionExplainer}:
 * what a node is worth, with its sibling absent and present, is divided between its children. When
 * the budget ends, what is still undivided is shared among a node's players in equal parts.
 *
 * @param hierarchy who belongs together
 * @param evaluations at most, at least 2; nobody and everybody included
 * @param batch coalitions valued together; the nodes of most weight come first, and are compared
 *     anew after every batch
 */
public record PartitionOwen(Hierarchy hierarchy, long evaluations, int batch)
    implements ShapleyEstimator<CooperativeGame> {

  /** Checks the numbers. */
  public PartitionOwen {
    if (evaluations < 2 || batch < 2) {
      throw new IllegalArgumentException(
          "%d evaluations in batches of %d; at least 2 are needed".formatted(evaluations, batch));
    }
  }

  @Override
  public Attribution attribute(CooperativeGame game) {
    if (game.players() != hierarchy.players()) {
      throw new IllegalArgumentException(
          "a hierarchy of %d players for %d".formatted(hierarchy.players(), game.players()));
    }
    double[] ends = game.values(foreseen(game.players()));
    Descent descent = new Descent(game, ends[0], ends[1]);
    boolean complete = descent.run();
    double[] phi = descent.handDown();
    Passes passes = new Passes(descent.evaluated, descent.evaluated);
    // Owen values are exact when the descent reaches every player; else their error is unknown.
    List<double[][]> sources =
        complete ? List.of() : List.<double[][]>of(new double[][] {phi.clone()});
    return new Attribution(phi, ends[0], ends[1], passes, sources);
  }

  @Override
  public List<Coalition> foreseen(int players) {
    return List.of(Coalition.empty(players), Coalition.full(players));
  }

  /**
   * A node in a context.
   *
   * @param context who else is present
   * @param without the value of the context
   * @param with the value of the context and the node's players
   * @param weight of this context among all of the node
   * @param number of the entry, which decides ties
   */
  private record Entry(
      Coalition context, double without, double with, int node, double weight, long number) {
    double urgency() {
      return Math.abs(with - without) * weight;
    }
  }

  private final class Descent {
    private final CooperativeGame game;
    private final List<Coalition> members = hierarchy.members();
    private final double[] credit = new double[members.size()];
    private final PriorityQueue<Entry> open =
        new PriorityQueue<>(
            Comparator.comparingDouble((Entry entry) -> -entry.urgency())
                .thenComparing(Entry::number));
    private long evaluated = 2;
    private long numbered;

    Descent(CooperativeGame game, double empty, double full) {
      this.game = game;
      push(Coalition.empty(game.players()), empty, full, hierarchy.root(), 1);
    }

    private void push(Coalition context, double without, double with, int node, double weight) {
      open.add(new Entry(context, without, with, node, weight, numbered++));
    }

    /** Whether every player was reached. */
    boolean run() {
      while (!open.isEmpty()) {
        if (evaluated + 2 > evaluations) {
          boolean onlyPlayers = open.stream().allMatch(entry -> hierarchy.isPlayer(entry.node()));
          open.forEach(this::settle);
          return onlyPlayers;
        }
        divide(nextBatch());
      }
      return true;
    }

    private void settle(Entry entry) {
      credit[entry.node()] += (entry.with() - entry.without()) * entry.weight();
    }

    private List<Entry> nextBatch() {
      List<Entry> entries = new ArrayList<>();
      while (!open.isEmpty()
          && 2 * entries.size() < batch
          && evaluated + 2L * entries.size() + 2 <= evaluations) {
        Entry entry = open.remove();
        if (hierarchy.isPlayer(entry.node())) {
          settle(entry);
        } else {
          entries.add(entry);
        }
      }
      return entries;
    }

    private void divide(List<Entry> entries) {
      List<Coalition> asked = new ArrayList<>();
      for (Entry entry : entries) {
        Hierarchy.Merge children = hierarchy.merge(entry.node());
        asked.add(entry.context().union(members.get(children.left())));
        asked.add(entry.context().union(members.get(children.right())));
      }
      double[] values = asked.isEmpty() ? new double[0] : game.values(asked);
      evaluated += values.length;
      for (int e = 0; e < entries.size(); e++) {
        Entry entry = entries.get(e);
        Hierarchy.Merge children = hierarchy.merge(entry.node());
        double left = values[2 * e];
        double right = values[2 * e + 1];
        double half = entry.weight() / 2;
        push(entry.context(), entry.without(), left, children.left(), half);
        push(entry.context(), entry.without(), right, children.right(), half);
        push(asked.get(2 * e + 1), right, entry.with(), children.left(), half);
        push(asked.get(2 * e), left, entry.with(), children.right(), half);
      }
    }

    /** What stayed on inner nodes goes to the players below them in equal parts. */
    double[] handDown() {
      for (int node = hierarchy.root(); node >= hierarchy.players(); node--) {
        Hierarchy.Merge children = hierarchy.merge(node);
        double each = credit[node] / members.get(node).size();
        credit[children.left()] += each * members.get(children.left()).size();
        credit[children.right()] += each * members.get(children.right()).size();
      }
      return java.util.Arrays.copyOf(credit, hierarchy.players());
    }
  }
}
