package dev.auscult.data.phantom;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Sample;
import dev.auscult.image.ImageEncoder;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes phantoms as files: {@code images/}, {@code masks/}, {@code truth.jsonl} and, last, {@code
 * manifest.csv}, so that a manifest only ever lists what is complete. The same configuration writes
 * the same files.
 */
public final class PhantomWriter {
  private static final int CHUNK = 64;
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "image",
          "text",
          "patient",
          "split",
          "label",
          "concept",
          "question",
          "answer",
          "category",
          "foil");
  private static final List<String> ATTRIBUTES =
      List.of("age", "device", "overlay", "scanner", "severity", "sex", "site", "view");

  private final PhantomDataset data;
  private final Path folder;

  private PhantomWriter(PhantomDataset data, Path folder) {
    this.data = data;
    this.folder = folder;
  }

  /**
   * Writes all phantoms of a data set.
   *
   * @return the manifest
   * @throws InputException if the folder cannot be written
   * @throws dev.auscult.base.InterruptedRunException if the user stops; there is no manifest then
   */
  public static Path write(PhantomDataset data, Path folder, Progress progress) {
    try {
      return new PhantomWriter(data, folder).write(progress);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          folder.toString(),
          "a folder that cannot be written (" + e.getMessage() + ")",
          "a writable folder with enough space",
          "choose another --out",
          e);
    }
  }

  private Path write(Progress progress) throws IOException {
    Path manifest = folder.resolve("manifest.csv");
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("masks"));
    Files.deleteIfExists(manifest);
    int n = data.config().n();
    try (Progress.Task task = progress.begin("drawing phantoms", n)) {
      for (int from = 0; from < n; from += CHUNK) {
        int to = Math.min(n, from + CHUNK);
        IntStream.range(from, to).parallel().forEach(this::writeImages);
        task.advance(to - from);
      }
    }
    AtomicFile.write(folder.resolve("truth.jsonl"), out -> writeTruth(utf8(out)));
    AtomicFile.write(manifest, out -> writeManifest(utf8(out)));
    return manifest;
  }

  private static Writer utf8(java.io.OutputStream out) {
    return new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  private void writeImages(int index) {
    Phantom phantom = data.phantom(index);
    write(imagePath(phantom), phantom.image());
    lesionPath(phantom).ifPresent(path -> write(path, phantom.lesionMask()));
    overlayPath(phantom).ifPresent(path -> write(path, phantom.overlayMask()));
  }

  /** Whole or not at all; not synced one by one, since the manifest comes last and is. */
  private void write(String relative, RgbImage image) {
    Path target = folder.resolve(relative);
    Path partial = folder.resolve(relative + ".partial");
    try {
      Files.write(partial, ImageEncoder.png(image));
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String imagePath(Phantom phantom) {
    return "images/" + phantom.id() + ".png";
  }

  private static Optional<String> lesionPath(Phantom phantom) {
    return phantom.isNormal()
        ? Optional.empty()
        : Optional.of("masks/" + phantom.id() + "-lesion.png");
  }

  private static Optional<String> overlayPath(Phantom phantom) {
    return phantom.overlayText().map(text -> "masks/" + phantom.id() + "-overlay.png");
  }

  private void writeManifest(Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(out);
    List<String> header = new ArrayList<>(COLUMNS);
    ATTRIBUTES.forEach(name -> header.add("attr." + name));
    header.add("region.lesion");
    header.add("region.overlay");
    if (data.config().findings().several()) {
      header.add("findings");
    }
    csv.writeRecord(header);
    for (int i = 0; i < data.config().n(); i++) {
      csv.writeRecord(row(data.phantom(i)));
    }
    csv.flush();
    out.flush();
  }

  private List<String> row(Phantom phantom) {
    Question question = phantom.question();
    Sample sample = phantom.toSample();
    List<String> row =
        new ArrayList<>(
            List.of(
                phantom.id(),
                imagePath(phantom),
                phantom.paraphrase(0),
                phantom.patientId(),
                phantom.split(),
                sample.label().orElse(""),
                sample.concept().orElse(""),
                question.text(),
                question.answer(),
                question.category().term(),
                phantom.foil()));
    Map<String, String> attributes = phantom.attributes();
    ATTRIBUTES.forEach(name -> row.add(attributes.getOrDefault(name, "")));
    row.add(lesionPath(phantom).orElse(""));
    row.add(overlayPath(phantom).orElse(""));
    if (data.config().findings().several()) {
      row.add(
          sample.findings().stream()
              .map(finding -> finding.label() + " @ " + String.join(" @ ", finding.locations()))
              .collect(Collectors.joining("; ")));
    }
    return row;
  }

  private void writeTruth(Writer out) throws IOException {
    JsonMapper json = JsonMapper.shared();
    for (int i = 0; i < data.config().n(); i++) {
      out.write(json.writeValueAsString(truth(data.phantom(i))));
      out.write('\n');
    }
    out.flush();
  }

  private Map<String, Object> truth(Phantom phantom) {
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("id", phantom.id());
    truth.put("patient", phantom.patientId());
    truth.put("split", phantom.split());
    if (data.config().findings().several()) {
      truth.put("findings", phantom.findings().stream().map(Finding::prompt).toList());
    }
    truth.put("class", phantom.finding().findingClass().term());
    truth.put("concept", phantom.finding().concept());
    truth.put("prompt", phantom.finding().prompt());
    truth.put("umls", phantom.finding().umls());
    truth.put("code", phantom.finding().code());
    truth.put("extent", phantom.finding() == Finding.NORMAL ? 0 : phantom.extent());
    truth.put("attributes", phantom.attributes());
    truth.put("caption", phantom.caption());
    truth.put("paraphrases", phantom.paraphrases(3));
    truth.put("questions", questions(phantom));
    return truth;
  }

  private static Map<String, Map<String, String>> questions(Phantom phantom) {
    Map<String, Map<String, String>> questions = new TreeMap<>();
    for (QuestionCategory category : QuestionCategory.values()) {
      phantom
          .question(category)
          .ifPresent(
              asked ->
                  questions.put(
                      category.term(), Map.of("question", asked.text(), "answer", asked.answer())));
    }
    return questions;
  }
}
