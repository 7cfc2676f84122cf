package dev.auscult.balance;

import dev.auscult.balance.AuditQueue.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Divides images into portions whose passes are encoded together. */
final class QualityPortions {
  private QualityPortions() {}

  /**
   * Consecutive images in portions of enough passes.
   *
   * @param passes of an image with its samples
   * @param enough passes of a portion
   * @param least images of a portion, unless there are not so many; what is left joins the last
   */
  static List<List<Group>> of(
      List<Group> groups, ToLongFunction<Group> passes, long enough, int least) {
    List<List<Group>> portions = new ArrayList<>();
    List<Group> open = new ArrayList<>();
    long planned = 0;
    for (Group group : groups) {
      open.add(group);
      planned += passes.applyAsLong(group);
      if (planned >= enough && open.size() >= least) {
        portions.add(open);
        open = new ArrayList<>();
        planned = 0;
      }
    }
    if (!open.isEmpty() && open.size() < least && !portions.isEmpty()) {
      portions.get(portions.size() - 1).addAll(open);
    } else if (!open.isEmpty()) {
      portions.add(open);
    }
    return portions;
  }
}
