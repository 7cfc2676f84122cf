package dev.auscult.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a run ran on, as far as it can change speed or the last bits; never who or where.
 *
 * @param os operating system and processor architecture
 * @param cpus processors available
 * @param java vendor and version of the runtime
 * @param engine name and version of the tensor engine
 * @param threads threads the engine used
 * @param dtype number format of the encoders, e.g. {@code fp32}
 * @param openblasCoretype the environment's choice of OpenBLAS kernel, which changes the last bits
 */
public record Host(
    String os,
    int cpus,
    String java,
    String engine,
    int threads,
    String dtype,
    Optional<String> openblasCoretype) {

  /**
   * The machine this runs on.
   *
   * @param engine name and version of the tensor engine
   * @param threads threads the engine uses
   * @param dtype number format of the encoders
   */
  public static Host here(String engine, int threads, String dtype) {
    return of(
        System.getProperties(),
        System.getenv(),
        Runtime.getRuntime().availableProcessors(),
        engine,
        threads,
        dtype);
  }

  static Host of(
      Properties system,
      Map<String, String> environment,
      int cpus,
      String engine,
      int threads,
      String dtype) {
    return new Host(
        "%s %s".formatted(system.getProperty("os.name"), system.getProperty("os.arch")),
        cpus,
        "%s %s".formatted(system.getProperty("java.vendor"), system.getProperty("java.version")),
        engine,
        threads,
        dtype,
        Optional.ofNullable(environment.get("OPENBLAS_CORETYPE")));
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("os", os);
    json.put("cpus", cpus);
    json.put("java", java);
    json.put("engine", engine);
    json.put("threads", threads);
    json.put("dtype", dtype);
    json.put("openblas_coretype", openblasCoretype.orElse(null));
    return json;
  }
}
