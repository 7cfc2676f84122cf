package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/**
 * A binary tree over players: nested coalitions, as a hierarchical clustering gives them. Nodes
 * {@code 0 .. players - 1} are the players, node {@code players + k} is what merge {@code k} joins;
 * the last merge is the root.
 *
 * @param players at least 1
 * @param merges in an order in which children come before their parents
 */
public record Hierarchy(int players, List<Merge> merges) {

  /**
   * Two nodes become one.
   *
   * @param left a node
   * @param right another
   */
  public record Merge(int left, int right) {}

  /**
   * Checks that it is one tree.
   *
   * @throws IllegalArgumentException unless every node but the root has exactly one parent
   */
  public Hierarchy {
    merges = List.copyOf(merges);
    if (players < 1 || merges.size() != players - 1) {
      throw new IllegalArgumentException(
          "%d merges of %d players".formatted(merges.size(), players));
    }
    boolean[] taken = new boolean[2 * players - 1];
    for (int k = 0; k < merges.size(); k++) {
      for (int child : new int[] {merges.get(k).left(), merges.get(k).right()}) {
        if (child < 0 || child >= players + k || taken[child]) {
          throw new IllegalArgumentException("merge %d takes node %d".formatted(k, child));
        }
        taken[child] = true;
      }
    }
  }

  /** Consecutive players, halved again and again; of an odd number the first half has one less. */
  public static Hierarchy halves(int players) {
    return rectangle(1, players);
  }

  /**
   * The cells of a grid row by row, the longer side halved again and again.
   *
   * @param rows of the grid
   * @param columns of the grid
   */
  public static Hierarchy rectangle(int rows, int columns) {
    List<Merge> merges = new ArrayList<>();
    split(rows * columns, columns, 0, 0, rows, columns, merges);
    return new Hierarchy(rows * columns, merges);
  }

  private static int split(
      int players, int stride, int top, int left, int rows, int columns, List<Merge> merges) {
    if (rows * columns == 1) {
      return top * stride + left;
    }
    int first;
    int second;
    if (rows > columns) {
      first = split(players, stride, top, left, rows / 2, columns, merges);
      second = split(players, stride, top + rows / 2, left, rows - rows / 2, columns, merges);
    } else {
      first = split(players, stride, top, left, rows, columns / 2, merges);
      second = split(players, stride, top, left + columns / 2, rows, columns - columns / 2, merges);
    }
    merges.add(new Merge(first, second));
    return players + merges.size() - 1;
  }

  /** One tree of two: the players of {@code second} are numbered after those of this. */
  public Hierarchy beside(Hierarchy second) {
    int all = players + second.players;
    List<Merge> joined = new ArrayList<>();
    for (Merge merge : merges) {
      joined.add(
          new Merge(
              moved(merge.left(), players, 0, all - players),
              moved(merge.right(), players, 0, all - players)));
    }
    int before = all - second.players + merges.size();
    for (Merge merge : second.merges) {
      joined.add(
          new Merge(
              moved(merge.left(), second.players, players, before),
              moved(merge.right(), second.players, players, before)));
    }
    joined.add(
        new Merge(
            moved(root(), players, 0, all - players),
            moved(second.root(), second.players, players, before)));
    return new Hierarchy(all, joined);
  }

  private static int moved(int node, int leaves, int forLeaf, int forMerge) {
    return node + (node < leaves ? forLeaf : forMerge);
  }

  /** The node of everybody. */
  int root() {
    return 2 * players - 2;
  }

  boolean isPlayer(int node) {
    return node < players;
  }

  Merge merge(int node) {
    return merges.get(node - players);
  }

  /** For every node, the players below it. */
  List<Coalition> members() {
    List<Coalition> members = new ArrayList<>();
    for (int player = 0; player < players; player++) {
      members.add(Coalition.of(players, player));
    }
    merges.forEach(m -> members.add(members.get(m.left()).union(members.get(m.right()))));
    return members;
  }
}
