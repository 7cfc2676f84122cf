package dev.auscult.text;

import ai.djl.huggingface.tokenizers.Encoding;
import dev.auscult.text.BpeVocabulary.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Learns a byte-level BPE vocabulary in the style of CLIP (Sennrich et al. 2016, algorithm 1;
 * Radford et al. 2021): the two neighbouring pieces that occur together most often become one,
 * until the vocabulary is full. The result depends only on how often each word occurs, not on the
 * order of the texts; of equally frequent pairs the lexicographically first is merged.
 */
public final class BpeTrainer {
  /** 256 bytes inside a word, 256 at its end, and the three special tokens. */
  public static final int SMALLEST_VOCABULARY = BpeVocabulary.SPECIAL.size() + 2 * 256;

  private static final int MIN_COUNT = 2;

  private static final Comparator<Candidate> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparing(candidate -> candidate.merge().left())
          .thenComparing(candidate -> candidate.merge().right());

  private final List<List<String>> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Merge, Long> pairCounts = new HashMap<>();
  private final Map<Merge, Set<Integer>> wordsWith = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(MOST_FREQUENT_FIRST);

  private record Candidate(Merge merge, long count) {}

  private BpeTrainer(Map<List<String>, Long> wordCounts) {
    wordCounts.forEach(
        (word, count) -> {
          words.add(word);
          counts.add(count);
        });
    for (int word = 0; word < words.size(); word++) {
      count(word, 1);
    }
    pairCounts.forEach((merge, count) -> queue.add(new Candidate(merge, count)));
  }

  /**
   * Learns from {@code texts}; pairs seen only once are not merged, so that a small corpus gives a
   * smaller vocabulary than asked for.
   *
   * @param texts read once, one at a time
   * @param vocabularySize the largest number of ids, at least {@link #SMALLEST_VOCABULARY}
   */
  public static BpeVocabulary train(Stream<String> texts, int vocabularySize) {
    if (vocabularySize < SMALLEST_VOCABULARY) {
      throw new IllegalArgumentException(
          "a byte-level vocabulary has at least %d ids, not %d"
              .formatted(SMALLEST_VOCABULARY, vocabularySize));
    }
    return new BpeVocabulary(
        new BpeTrainer(wordCounts(texts)).merges(vocabularySize - SMALLEST_VOCABULARY));
  }

  /** Words as the tokenizer itself splits them, spelled in single bytes, with their frequency. */
  private static Map<List<String>, Long> wordCounts(Stream<String> texts) {
    NativeTokenizer bytes = NativeTokenizer.open(new BpeVocabulary(List.of()).json());
    Map<List<String>, Long> counts = new HashMap<>();
    texts.forEach(
        text -> {
          Encoding encoding = bytes.encode(text, false);
          List<String> pieces = List.of(encoding.getTokens());
          long[] word = encoding.getWordIds();
          for (int from = 0, to; from < word.length; from = to) {
            to = from + 1;
            while (to < word.length && word[to] == word[from]) {
              to++;
            }
            counts.merge(List.copyOf(pieces.subList(from, to)), 1L, Long::sum);
          }
        });
    return counts;
  }

  private List<Merge> merges(int atMost) {
    List<Merge> merges = new ArrayList<>();
    Set<String> pieces = new HashSet<>();
    while (pieces.size() < atMost && !queue.isEmpty()) {
      Candidate best = queue.poll();
      if (best.count() != pairCounts.getOrDefault(best.merge(), 0L)) {
        continue; // an outdated entry; the pair is queued again with its present count
      }
      if (best.count() < MIN_COUNT) {
        break;
      }
      merges.add(best.merge());
      pieces.add(best.merge().union());
      apply(best.merge());
    }
    return merges;
  }

  private void apply(Merge merge) {
    Set<Merge> touched = new HashSet<>();
    for (int word : List.copyOf(wordsWith.getOrDefault(merge, Set.of()))) {
      touched.addAll(count(word, -1));
      words.set(word, merge.applyTo(words.get(word)));
      touched.addAll(count(word, 1));
    }
    for (Merge pair : touched) {
      long count = pairCounts.getOrDefault(pair, 0L);
      if (count > 0) {
        queue.add(new Candidate(pair, count));
      }
    }
  }

  /** Adds ({@code sign} 1) or removes (-1) the pairs of a word. */
  private List<Merge> count(int word, int sign) {
    List<String> pieces = words.get(word);
    List<Merge> pairs = new ArrayList<>(pieces.size());
    for (int i = 0; i + 1 < pieces.size(); i++) {
      Merge pair = new Merge(pieces.get(i), pieces.get(i + 1));
      pairs.add(pair);
      pairCounts.merge(pair, sign * counts.get(word), Long::sum);
      Set<Integer> with = wordsWith.computeIfAbsent(pair, key -> new HashSet<>());
      if (sign > 0) {
        with.add(word);
      } else {
        with.remove(word);
      }
    }
    return pairs;
  }
}
