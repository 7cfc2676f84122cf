package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.text.BpeVocabulary.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BpeTrainerTest {
  private static final int SIZE = BpeTrainer.SMALLEST_VOCABULARY + 486;

  @Test
  void learnsTheMergesOfANaiveTrainer() throws IOException {
    BpeVocabulary vocabulary = BpeTrainer.train(corpus().stream(), SIZE);
    List<String> merges =
        vocabulary.merges().stream().map(merge -> merge.left() + " " + merge.right()).toList();
    assertThat(merges).isEqualTo(Files.readAllLines(TextFixtures.path("merges.txt")));
    assertThat(vocabulary.size()).isEqualTo(SIZE);
  }

  @Test
  void writesTheFilesThatTheReferenceWasSeenToRead() throws IOException {
    Path folder =
        Path.of("target", "trained"); // kept, to be copied to the fixtures when it changes
    BpeTrainer.train(corpus().stream(), SIZE).writeTo(folder, 77);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      assertThat(folder.resolve(file))
          .hasSameTextualContentAs(TextFixtures.path("trained").resolve(file));
    }
  }

  @Test
  void doesNotDependOnTheOrderOfTheTexts() throws IOException {
    List<String> shuffled = new ArrayList<>(corpus());
    Collections.shuffle(shuffled, new Random(3));
    assertThat(BpeTrainer.train(shuffled.stream(), SIZE))
        .isEqualTo(BpeTrainer.train(corpus().stream(), SIZE));
  }

  @Test
  void mergesTheLexicographicallyFirstOfEquallyFrequentPairs() {
    BpeVocabulary vocabulary =
        BpeTrainer.train(Stream.of("ba dc", "dc ba"), BpeTrainer.SMALLEST_VOCABULARY + 1);
    assertThat(vocabulary.merges()).containsExactly(new Merge("b", "a</w>"));
  }

  @Test
  void mergesOverlappingPairsFromTheLeft() {
    BpeVocabulary vocabulary =
        BpeTrainer.train(Stream.of("aaaab aaaab"), BpeTrainer.SMALLEST_VOCABULARY + 2);
    assertThat(vocabulary.merges()).containsExactly(new Merge("a", "a"), new Merge("aa", "aa"));
  }

  @Test
  void leavesPairsSeenOnceApart() {
    assertThat(BpeTrainer.train(Stream.of("once"), 600).size())
        .isEqualTo(BpeTrainer.SMALLEST_VOCABULARY);
  }

  @Test
  void givesTheEndTokenTheLargestIdAndTellsAllThreeApart(@TempDir Path folder) throws IOException {
    BpeVocabulary vocabulary = BpeTrainer.train(corpus().stream(), 600);
    vocabulary.writeTo(folder, 16);
    Tokenizer tokenizer = Tokenizers.load(folder, 16);
    int[] ids = tokenizer.encode("Small pleural effusion 🫁").ids();
    assertThat(tokenizer.vocabularySize()).isEqualTo(600);
    assertThat(ids[0]).isEqualTo(vocabulary.beginId()).isEqualTo(598);
    assertThat(ids[ids.length - 1]).isEqualTo(vocabulary.endId()).isEqualTo(599);
    assertThat(tokenizer.padId()).isEqualTo(vocabulary.padId()).isEqualTo(597);
    assertThat(tokenizer.maskId()).isEqualTo(vocabulary.padId());
    assertThat(ids).doesNotContain(vocabulary.padId());
  }

  @Test
  void learnsFromHostileTextsAndKnowsEveryByte(@TempDir Path folder) throws IOException {
    List<String> texts =
        TextFixtures.cases()
            .path("texts")
            .valueStream()
            .map(JsonNode::stringValue)
            .filter(text -> text.length() < 1000 && !text.contains("<|endoftext|>"))
            .limit(400) // the hostile ones come first
            .toList();
    BpeVocabulary vocabulary = BpeTrainer.train(texts.stream(), 1000);
    vocabulary.writeTo(folder, 4096);
    Tokenizer tokenizer = Tokenizers.load(folder, 4096);
    assertThat(texts).hasSize(400);
    for (String text : texts) {
      assertThat(tokenizer.encode(text).tokens())
          .noneMatch(token -> token.id() == vocabulary.endId() && !token.special());
    }
  }

  @Test
  void refusesAVocabularyTooSmallForTheBytes() {
    assertThatThrownBy(() -> BpeTrainer.train(Stream.of("a"), 514))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("515");
  }

  private static List<String> corpus() throws IOException {
    return Files.readAllLines(TextFixtures.path("corpus.txt"));
  }
}
