package dev.auscult.balance;

import dev.auscult.base.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where in an attributions file the line of each sample begins, so that single lines of a file of
 * any size can be read again. The file must not change meanwhile.
 */
public final class AttributionIndex {
  private final Path file;
  private final Map<String, Map<String, Long>> begins = new HashMap<>();

  private AttributionIndex(Path file) {
    this.file = file;
  }

  /**
   * Reads a file once.
   *
   * @param naming by what name of model and preset a line is found again
   * @param each takes every line on the way
   * @throws InputException if the file ends within a line or has one that is none of ours
   * @throws IOException if it cannot be read
   */
  public static AttributionIndex of(
      Path file, Function<AttributionLine, String> naming, Consumer<AttributionLine> each)
      throws IOException {
    AttributionIndex index = new AttributionIndex(file);
    AttributionsFile.forEachAt(
        file,
        (begin, line) -> {
          index
              .begins
              .computeIfAbsent(naming.apply(line), name -> new HashMap<>())
              .put(line.balance().id(), begin);
          each.accept(line);
        });
    return index;
  }

  /**
   * The balance of a sample under a name; empty if there is no such line.
   *
   * @throws UncheckedIOException if the file can no longer be read
   */
  public Optional<SampleBalance> find(String name, String id) {
    Long begin = begins.getOrDefault(name, Map.of()).get(id);
    return begin == null ? Optional.empty() : Optional.of(lineAt(begin).balance());
  }

  private AttributionLine lineAt(long begin) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(begin);
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 14);
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.write(next);
      }
      return AttributionLine.parse(line.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          file.toString(),
          "another line at byte " + begin + " than before",
          "a file that nobody changes while it is read",
          "run the audit again",
          e);
    }
  }
}
