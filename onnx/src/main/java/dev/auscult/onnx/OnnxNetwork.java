package dev.auscult.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.auscult.base.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One file as ONNX Runtime computes it, with what this file promises of inputs and outputs checked.
 * Thread-safe; holds native memory until closed.
 */
final class OnnxNetwork implements AutoCloseable {
  private static final String EXPORT_AGAIN = "export it again (docs/onnx.md)";

  private final OnnxGraph graph;
  private final OrtSession session;

  private OnnxNetwork(OnnxGraph graph, OrtSession session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * Opens a file.
   *
   * @param threads worker threads within one operation
   * @throws InputException if ONNX Runtime cannot make a network of it
   */
  static OnnxNetwork open(OnnxGraph graph, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      // Waiting threads of one encoder would otherwise spin and starve the other's.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new OnnxNetwork(graph, environment().createSession(graph.file().toString(), options));
    } catch (OrtException e) {
      throw new InputException(
          graph.file().toString(),
          "a model that ONNX Runtime cannot load (" + e.getMessage() + ")",
          "one encoder exported to ONNX",
          EXPORT_AGAIN,
          e);
    }
  }

  /** The runtime's name and version. */
  static String engine() {
    return "ONNX Runtime " + environment().getVersion();
  }

  private static OrtEnvironment environment() {
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "auscult");
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | OrtException e) {
      throw new InputException(
          "ONNX Runtime",
          "that it cannot start here (" + e + ")",
          "Linux or Windows on x86-64, or Linux or macOS on ARM, and a writable temporary folder",
          "set -Djava.io.tmpdir, or load the original checkpoint",
          e);
    }
  }

  /** What the file says before anything runs it. */
  OnnxGraph graph() {
    return graph;
  }

  /**
   * The shape of an input; -1 for sizes that are free.
   *
   * @param types what may be its elements
   * @param shape what must be its sizes, -1 for any
   * @param meaning the shape in words
   */
  OnnxInput input(String name, Set<OnnxJavaType> types, String meaning, long... shape) {
    return new OnnxInput(name, checked("input", inputs(), name, types, meaning, shape));
  }

  /** Checks the output, as {@link #input} does. */
  void expectOutput(String name, long... shape) {
    checked("output", outputs(), name, Set.of(OnnxJavaType.FLOAT), "[n, d] embeddings", shape);
  }

  /** Checks that there are no inputs beside these. */
  void expectNoInputsBeside(Set<String> named) {
    Set<String> others = new TreeSet<>(session.getInputNames());
    others.removeAll(named);
    if (!others.isEmpty()) {
      throw bad(
          "inputs that the description does not name: " + String.join(", ", others),
          "an encoder with the inputs %s alone".formatted(String.join(", ", new TreeSet<>(named))));
    }
  }

  private Map<String, NodeInfo> inputs() {
    try {
      return session.getInputInfo();
    } catch (OrtException e) {
      throw bad("inputs of unknown types (" + e.getMessage() + ")", "tensors");
    }
  }

  private Map<String, NodeInfo> outputs() {
    try {
      return session.getOutputInfo();
    } catch (OrtException e) {
      throw bad("outputs of unknown types (" + e.getMessage() + ")", "tensors");
    }
  }

  private TensorInfo checked(
      String kind,
      Map<String, NodeInfo> all,
      String name,
      Set<OnnxJavaType> types,
      String meaning,
      long... shape) {
    NodeInfo node = all.get(name);
    if (node == null) {
      throw bad("no %s \"%s\"".formatted(kind, name), "one of " + new TreeSet<>(all.keySet()));
    }
    boolean fits = node.getInfo() instanceof TensorInfo;
    if (fits && node.getInfo() instanceof TensorInfo tensor) {
      if (types.contains(tensor.type) && matches(tensor.getShape(), shape)) {
        return tensor;
      }
    }
    throw bad(
        "%s \"%s\" of %s".formatted(kind, name, words(node)),
        "%s of %s".formatted(meaning, String.join(" or ", new TreeSet<>(names(types)))));
  }

  private static Set<String> names(Set<OnnxJavaType> types) {
    Set<String> names = new TreeSet<>();
    types.forEach(type -> names.add(type.name()));
    return names;
  }

  private static String words(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? tensor.type + " " + java.util.Arrays.toString(tensor.getShape())
        : "no tensor";
  }

  private static boolean matches(long[] found, long[] wanted) {
    boolean fits = found.length == wanted.length;
    for (int axis = 0; fits && axis < wanted.length; axis++) {
      fits = found[axis] == -1 || wanted[axis] == -1 || found[axis] == wanted[axis];
    }
    return fits;
  }

  /** Makes the tensors of a run; those it made are closed afterwards. */
  interface Inputs {
    /** Puts every input of the network. */
    void into(Map<String, OnnxTensor> tensors, OrtEnvironment environment) throws OrtException;
  }

  /**
   * Runs the network.
   *
   * @param output the name of the output that is read
   * @param rows how many it must have
   * @return unit rows
   * @throws InputException if it fails, or returns anything but finite rows that have a direction
   */
  UnitRows run(Inputs inputs, String output, int rows) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      inputs.into(tensors, environment());
      try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
        return rows(result.get(output).orElse(null), rows);
      }
    } catch (OrtException e) {
      throw new InputException(
          graph.file().toString(),
          "a network that fails on %d inputs (%s)".formatted(rows, e.getMessage()),
          "an encoder for any number of inputs and the tokenizer's every id",
          EXPORT_AGAIN,
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private UnitRows rows(@Nullable Object output, int rows) {
    if (!(output instanceof OnnxTensor tensor) || tensor.getInfo().type != OnnxJavaType.FLOAT) {
      throw bad("an output that is no tensor of floats", "embeddings [n, d]");
    }
    long[] shape = tensor.getInfo().getShape();
    if (shape.length != 2 || shape[0] != rows || shape[1] < 1) {
      throw bad(
          "embeddings " + java.util.Arrays.toString(shape), "[%d, d], a row each".formatted(rows));
    }
    return UnitRows.of(graph.file(), tensor.getFloatBuffer(), rows, (int) shape[1]);
  }

  /** Checks that embeddings are as long as those before. */
  void expectDimension(UnitRows embedded, int dimension) {
    if (embedded.dimension() != dimension) {
      throw bad(
          "embeddings of %d features, others of %d".formatted(embedded.dimension(), dimension),
          "one dimension for every input");
    }
  }

  /** An error about this file. */
  InputException bad(String found, String expected) {
    return new InputException(
        graph.file().toString(), found, expected, "correct the description or " + EXPORT_AGAIN);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close " + graph.file(), e);
    }
  }
}
