package dev.auscult.onnx;

import dev.auscult.base.InputException;
import dev.auscult.base.ProtobufMessage;
import dev.auscult.base.ProtobufMessage.Field;
import dev.auscult.base.ProtobufMessage.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an ONNX file says before anything runs it (onnx.proto3 of the ONNX project).
 *
 * @param file the file
 * @param parameters the number of values of its initialisers, constants among them
 * @param quantisation how activations become integers
 * @param externalFiles where values lie that are not in the file itself
 */
record OnnxGraph(Path file, long parameters, Quantisation quantisation, List<Path> externalFiles) {
  /** Protocol Buffers' own limit. */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  private static final int MAX_DEPTH = 30;
  private static final int MAX_EXTERNAL_FILES = 1000;
  private static final int MAX_NAME = 1000;
  private static final int MAX_DIMENSIONS = 64;

  /** Operators whose scale depends on all values of the batch. */
  private static final Set<String> DYNAMIC =
      Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM");

  /** How activations become integers. */
  enum Quantisation {
    /** By nothing that depends on other inputs of a batch, or not at all. */
    FIXED,
    /** By the range of values in the batch: an input's embedding depends on its batch mates. */
    DYNAMIC
  }

  OnnxGraph {
    externalFiles = List.copyOf(externalFiles);
  }

  /** This file and the external ones together. */
  long bytes() throws IOException {
    long sum = Files.size(file);
    for (Path external : externalFiles) {
      sum += Files.size(external);
    }
    return sum;
  }

  /**
   * Reads a file's structure, not its weights.
   *
   * @throws InputException if it is absent, no ONNX model, or refers to files that are absent or
   *     lie elsewhere
   */
  static OnnxGraph read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file.toString(), "no such file", "an ONNX model", "check the description beside it");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > MAX_BYTES) {
        throw new InputException(
            file.toString(),
            channel.size() + " bytes",
            "at most 2 GiB, as ONNX files are",
            "export with the weights in a file of their own (external data)");
      }
      return new Scan(file).model(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "that it cannot be read (" + e.getMessage() + ")",
          "an ONNX model",
          "check its permissions",
          e);
    } catch (FormatException | ArithmeticException e) {
      throw new InputException(
          file.toString(),
          "no ONNX model (" + e.getMessage() + ")",
          "one encoder exported to ONNX",
          "export or copy it again",
          e);
    }
  }

  /** Collects over the messages of one file; numbers are those of onnx.proto3. */
  private static final class Scan {
    private final Path file;
    private final Set<String> locations = new TreeSet<>();
    private Quantisation quantisation = Quantisation.FIXED;
    private long parameters;
    private boolean graphFound;

    Scan(Path file) {
      this.file = file;
    }

    OnnxGraph model(ByteBuffer message) throws FormatException {
      ProtobufMessage.read(
          message,
          field -> {
            switch (field.number()) {
              case 7 -> {
                graphFound = true;
                graph(field.bytes(), 0);
              }
              case 20 -> ProtobufMessage.read(field.bytes(), inner -> graph(inner.bytes(), 0));
              case 25 -> function(field.bytes());
              default -> {}
            }
          });
      if (!graphFound) {
        throw new FormatException("no graph");
      }
      return new OnnxGraph(file, parameters, quantisation, external());
    }

    private void graph(ByteBuffer message, int depth) throws FormatException {
      if (depth > MAX_DEPTH) {
        throw new FormatException("graphs inside graphs, more than " + MAX_DEPTH);
      }
      ProtobufMessage.read(
          message,
          field -> {
            switch (field.number()) {
              case 1 -> node(field.bytes(), depth);
              case 5 -> parameters = Math.addExact(parameters, tensor(field.bytes()));
              case 15 -> sparse(field.bytes());
              default -> {}
            }
          });
    }

    private void function(ByteBuffer message) throws FormatException {
      ProtobufMessage.read(
          message,
          field -> {
            switch (field.number()) {
              case 7 -> node(field.bytes(), 1);
              case 11 -> attribute(field.bytes(), 1);
              default -> {}
            }
          });
    }

    private void node(ByteBuffer message, int depth) throws FormatException {
      ProtobufMessage.read(
          message,
          field -> {
            switch (field.number()) {
              case 4 -> operator(text(field));
              case 5 -> attribute(field.bytes(), depth);
              default -> {}
            }
          });
    }

    private void operator(String type) {
      if (DYNAMIC.contains(type)) {
        quantisation = Quantisation.DYNAMIC;
      }
    }

    private void attribute(ByteBuffer message, int depth) throws FormatException {
      ProtobufMessage.read(
          message,
          field -> {
            switch (field.number()) {
              case 5, 10 -> tensor(field.bytes());
              case 6, 11 -> graph(field.bytes(), depth + 1);
              case 22, 23 -> sparse(field.bytes());
              default -> {}
            }
          });
    }

    private void sparse(ByteBuffer message) throws FormatException {
      ProtobufMessage.read(
          message,
          field -> {
            if (field.number() == 1 || field.number() == 2) {
              tensor(field.bytes());
            }
          });
    }

    /** The number of its values; notes where they lie. */
    private long tensor(ByteBuffer message) throws FormatException {
      long[] values = {1};
      ProtobufMessage.read(
          message,
          field -> {
            switch (field.number()) {
              case 1 -> values[0] = Math.multiplyExact(values[0], dimensions(field));
              case 13 -> location(field.bytes());
              default -> {}
            }
          });
      return values[0];
    }

    /** One dimension, or several packed into bytes. */
    private static long dimensions(Field field) throws FormatException {
      if (!field.bytes().hasRemaining()) {
        return field.bits();
      }
      if (field.bytes().remaining() > MAX_DIMENSIONS) {
        throw new FormatException("a tensor of too many dimensions");
      }
      long product = 1;
      for (long dimension : ProtobufMessage.varints(field.bytes())) {
        product = Math.multiplyExact(product, dimension);
      }
      return product;
    }

    private void location(ByteBuffer entry) throws FormatException {
      String[] keyAndValue = {"", ""};
      ProtobufMessage.read(
          entry,
          field -> {
            if (field.number() == 1 || field.number() == 2) {
              keyAndValue[field.number() - 1] = text(field);
            }
          });
      if (keyAndValue[0].equals("location")) {
        locations.add(keyAndValue[1]);
      }
      if (locations.size() > MAX_EXTERNAL_FILES) {
        throw new FormatException("more than " + MAX_EXTERNAL_FILES + " files of external data");
      }
    }

    private List<Path> external() {
      return locations.stream().map(this::external).toList();
    }

    private Path external(String location) {
      Path path =
          RelativePath.in(file.toAbsolutePath().resolveSibling(""), location)
              .orElseThrow(
                  () ->
                      new InputException(
                          file.toString(),
                          "weights in the file \"" + location + "\"",
                          "external data inside the model's folder",
                          "do not load this model: it points elsewhere"));
      if (!Files.isRegularFile(path)) {
        throw new InputException(
            path.toString(),
            "no such file",
            "the external data of " + file.getFileName(),
            "copy it beside the model");
      }
      return path;
    }

    private static String text(Field field) throws FormatException {
      if (field.bytes().remaining() > MAX_NAME) {
        throw new FormatException("a name of %d bytes".formatted(field.bytes().remaining()));
      }
      return StandardCharsets.UTF_8.decode(field.bytes()).toString();
    }
  }
}
