package dev.auscult.data;

import dev.auscult.base.ContentHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples that no split may part: they share a patient or an image, directly or through others. */
final class SampleGroups {
  private final int[] parent;
  private final Map<String, Integer> firstWith = new HashMap<>();

  private SampleGroups(int samples) {
    parent = new int[samples];
    Arrays.setAll(parent, i -> i);
  }

  /**
   * The groups in the order of their first samples, each in the order of the samples.
   *
   * @throws dev.auscult.base.InputException if an image cannot be read
   */
  static List<List<Sample>> of(List<Sample> samples) {
    List<String> hashes = samples.parallelStream().map(SampleGroups::imageKey).toList();
    SampleGroups groups = new SampleGroups(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      int sample = i;
      groups.join(hashes.get(i), i);
      samples.get(i).patient().ifPresent(patient -> groups.join("patient " + patient, sample));
    }
    Map<Integer, List<Sample>> members = new LinkedHashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      members.computeIfAbsent(groups.root(i), root -> new ArrayList<>()).add(samples.get(i));
    }
    return List.copyOf(members.values());
  }

  private static String imageKey(Sample sample) {
    ContentHash hash = sample.image().hash();
    return "image " + hash.hex();
  }

  private void join(String key, int sample) {
    Integer first = firstWith.putIfAbsent(key, sample);
    if (first != null) {
      parent[root(sample)] = root(first);
    }
  }

  private int root(int of) {
    int at = of;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
