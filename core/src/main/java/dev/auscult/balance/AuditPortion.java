package dev.auscult.balance;

import dev.auscult.balance.AuditQueue.Group;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The samples whose passes are encoded together: consecutive images with all their samples. What a
 * portion holds depends on the data and the configuration only, so that its batches are the same
 * whether the run was interrupted or divided among several.
 *
 * @param groups the images
 */
record AuditPortion(List<Group> groups) {
  /** Enough passes for full batches, few enough that little is lost with an interrupted portion. */
  private static final long PASSES = 1024;

  /** Divides a queue. */
  static List<AuditPortion> of(AuditQueue queue, List<AuditSetting> settings) {
    List<AuditPortion> portions = new ArrayList<>();
    List<Group> open = new ArrayList<>();
    long passes = 0;
    for (Group group : queue.groups()) {
      open.add(group);
      for (AuditSetting setting : settings) {
        passes += group.samples().stream().mapToLong(setting::planned).sum();
      }
      if (passes >= PASSES) {
        portions.add(new AuditPortion(List.copyOf(open)));
        open.clear();
        passes = 0;
      }
    }
    if (!open.isEmpty()) {
      portions.add(new AuditPortion(List.copyOf(open)));
    }
    return portions;
  }

  /** All samples in order. */
  Stream<Sample> samples() {
    return groups.stream().flatMap(group -> group.samples().stream());
  }
}
