package dev.auscult.pretrain;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which samples are trained on, which validate, and which are left alone. Samples that share a
 * patient or the content of an image are never parted, also across sources.
 *
 * <p>A group goes to the split that its samples name; if they name different ones, to the one
 * farthest from training. Where a source names no validation split, {@code fraction} of its groups
 * that would be trained on validate.
 */
final class SplitAssignment {
  /** A split, those farther from training later. */
  enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * What matters of a sample.
   *
   * @param source the source it comes from, by number
   * @param keys what it must not be parted by: its patient and the content of its image
   * @param declared the split it names, if any
   */
  record Member(int source, List<String> keys, Optional<Split> declared) {}

  private final List<Member> members;
  private final int[] parent;

  private SplitAssignment(List<Member> members) {
    this.members = members;
    this.parent = new int[members.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
  }

  /** The split of each member, in order. */
  static List<Split> of(List<Member> members, double fraction, Seed seed) {
    SplitAssignment assignment = new SplitAssignment(members);
    assignment.joinByKeys();
    return assignment.splits(fraction, seed);
  }

  private void joinByKeys() {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      for (String key : members.get(i).keys()) {
        Integer other = first.putIfAbsent(key, i);
        if (other != null) {
          join(i, other);
        }
      }
    }
  }

  /** The lower root wins, so that a group is known by its first member. */
  private void join(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int member) {
    int at = member;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private List<Split> splits(double fraction, Seed seed) {
    Map<Integer, Split> ofGroup = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      Split declared = members.get(i).declared().orElse(Split.TRAIN);
      ofGroup.merge(root(i), declared, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    for (int source : sourcesWithoutValidation()) {
      holdOut(source, fraction, seed.derive("validation").derive(source), ofGroup);
    }
    List<Split> splits = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      splits.add(ofGroup.getOrDefault(root(i), Split.TRAIN));
    }
    return splits;
  }

  private List<Integer> sourcesWithoutValidation() {
    return members.stream()
        .map(Member::source)
        .distinct()
        .filter(
            source ->
                members.stream()
                    .filter(member -> member.source() == source)
                    .noneMatch(
                        member -> member.declared().filter(Split.VALIDATION::equals).isPresent()))
        .toList();
  }

  /** Holds out whole groups in random order while they fit into the wanted number of samples. */
  private void holdOut(int source, double fraction, Seed seed, Map<Integer, Split> ofGroup) {
    List<Integer> groups = new ArrayList<>();
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      int group = root(i);
      if (members.get(i).source() == source && ofGroup.get(group) == Split.TRAIN) {
        if (sizes.merge(group, 1, Integer::sum) == 1) {
          groups.add(group);
        }
      }
    }
    long left = Math.round(fraction * sizes.values().stream().mapToInt(Integer::intValue).sum());
    for (int index : Shuffle.order(groups.size(), seed)) {
      int group = groups.get(index);
      int size = sizes.getOrDefault(group, 0);
      if (size <= left) {
        ofGroup.put(group, Split.VALIDATION);
        left -= size;
      }
    }
  }
}
