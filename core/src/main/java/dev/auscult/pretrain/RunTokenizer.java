package dev.auscult.pretrain;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.InputException;
import dev.auscult.model.ClipCheckpointWriter.TokenizerFiles;
import dev.auscult.text.BpeTrainer;
import dev.auscult.text.BpeVocabulary;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tokenizer of a run.
 *
 * @param tokenizer ready to use
 * @param beginId the id every text begins with
 * @param endId the id every text ends with
 * @param files writes it into a checkpoint's folder
 */
record RunTokenizer(Tokenizer tokenizer, int beginId, int endId, TokenizerFiles files) {
  /**
   * Learns a vocabulary from the training texts, or opens an existing one.
   *
   * @param folder where a learnt one is written
   */
  static RunTokenizer of(
      TokenizerChoice choice, int context, List<PairedSample> training, Path folder)
      throws IOException {
    if (choice instanceof TokenizerChoice.Trained trained) {
      BpeVocabulary vocabulary = BpeTrainer.train(texts(training), trained.vocabulary());
      vocabulary.writeTo(folder, context);
      return of(
          Tokenizers.load(folder, context), target -> vocabulary.writeTo(target, context), folder);
    }
    Path existing = ((TokenizerChoice.Existing) choice).folder();
    if (Files.exists(existing.resolve("open_clip_config.json"))) {
      throw new InputException(
          existing.toString(),
          "an open_clip_config.json, by which texts are cleaned first",
          "a tokenizer that a checkpoint in Hugging Face layout can hold",
          "take a folder with the tokenizer's own files alone");
    }
    return of(Tokenizers.load(existing, context), target -> copy(existing, target), existing);
  }

  private static RunTokenizer of(Tokenizer tokenizer, TokenizerFiles files, Path folder) {
    int[] empty = tokenizer.encode("").ids();
    if (empty.length != 2) {
      throw new InputException(
          folder.toString(),
          "an empty text of %d tokens".formatted(empty.length),
          "a begin and an end token around every text",
          "CLIP needs them: choose a CLIP tokenizer, or let one be learnt");
    }
    return new RunTokenizer(tokenizer, empty[0], empty[1], files);
  }

  private static Stream<String> texts(List<PairedSample> samples) {
    return samples.stream()
        .flatMap(
            sample ->
                Stream.concat(
                    sample.caption().stream(),
                    sample.question().map(QuestionAnswer::text).stream()));
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String name : Tokenizers.FILES) {
      if (Files.exists(from.resolve(name))) {
        byte[] content = Files.readAllBytes(from.resolve(name));
        AtomicFile.write(to.resolve(name), out -> out.write(content));
      }
    }
  }
}
