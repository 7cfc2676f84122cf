package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.model.ModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunReportTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static Host host(Map<String, String> environment) {
    Properties system = new Properties();
    system.putAll(
        Map.of(
            "os.name", "Linux",
            "os.arch", "amd64",
            "java.vendor", "Debian",
            "java.version", "17.0.15",
            "user.name", "somebody"));
    return Host.of(system, environment, 2, "PyTorch 2.10.0", 2, "fp32");
  }

  private static Provenance provenance() {
    ModelIdentity model =
        new ModelIdentity(
            "phantom",
            "CLIP",
            ContentHash.of("weights"),
            ContentHash.of("configuration"),
            Optional.of("phantoms only"));
    return new Provenance(
        "0.1.0",
        List.of(model),
        Optional.of(new Provenance.Data("phantom", ContentHash.of("data"), 20, 1)),
        7,
        host(Map.of("OPENBLAS_CORETYPE", "Haswell", "HOSTNAME", "ward-3")),
        NOON,
        0);
  }

  private static RunReport report(Map<String, @Nullable Object> result) {
    return new RunReport(
        "auscult audit --model phantom",
        Map.of("samples", 20, "dtype", "fp32"),
        provenance(),
        result);
  }

  @Test
  void hasTheKeysThatEveryCommandPromises() {
    JsonNode json = JsonMapper.shared().readTree(report(Map.of("n", 1)).toJson());

    assertThat(json.propertyNames()).containsExactly("command", "config", "provenance", "result");
    assertThat(json.get("config").propertyNames()).containsExactly("dtype", "samples");
    assertThat(json.get("provenance").propertyNames())
        .containsExactly("version", "model", "data", "seed", "host", "started", "seconds");
    assertThat(json.at("/provenance/model/0").propertyNames())
        .containsExactly("name", "family", "weights", "configuration", "notice");
    assertThat(json.at("/provenance/data/n").intValue()).isEqualTo(20);
    assertThat(json.at("/provenance/host/openblas_coretype").asString()).isEqualTo("Haswell");
  }

  @Test
  void tellsNeitherUserNorHostName() {
    assertThat(report(Map.of()).toJson()).doesNotContain("somebody").doesNotContain("ward-3");
  }

  @Test
  void writesUndefinedFiguresAsNull() {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("nan", Double.NaN);
    result.put("infinite", Float.POSITIVE_INFINITY);
    result.put("missing", Optional.empty());
    result.put("none", OptionalDouble.empty());
    result.put("list", List.of(1, Double.NaN));

    JsonNode json = JsonMapper.shared().readTree(report(result).toJson()).get("result");

    assertThat(json.toString())
        .isEqualTo(
            "{\"nan\":null,\"infinite\":null,\"missing\":null,\"none\":null,\"list\":[1,null]}");
  }

  @Test
  void refusesWhatHasNoJsonForm() {
    assertThatThrownBy(() -> report(Map.of("clock", Clock.systemUTC())).toJson())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Clock");
  }

  @Test
  void writesTheShortestDecimalOnEveryJdk() {
    assertThat(ResultJson.line(List.of(2.0E-3, 2.2250738585072014E-308, 0.1 + 0.2)))
        .isEqualTo("[0.002,2.2250738585072014E-308,0.30000000000000004]");
  }

  @Test
  void differsBetweenTwoRunsOnlyInTimeAndHost() {
    Provenance first = provenance();
    Provenance later =
        new Provenance(
                first.version(),
                first.models(),
                first.data(),
                first.seed(),
                host(Map.of()),
                NOON.plusSeconds(60),
                0)
            .finished(Clock.fixed(NOON.plusSeconds(63), ZoneOffset.UTC));
    JsonMapper mapper = JsonMapper.shared();
    var one = (tools.jackson.databind.node.ObjectNode) mapper.valueToTree(first.toJson());
    var two = (tools.jackson.databind.node.ObjectNode) mapper.valueToTree(later.toJson());

    assertThat(two.get("seconds").doubleValue()).isEqualTo(3);
    for (String excluded : List.of("started", "seconds", "host")) {
      one.remove(excluded);
      two.remove(excluded);
    }
    assertThat(two).isEqualTo(one);
  }

  @Test
  void replacesAnEarlierResultWhole(@TempDir Path folder) throws IOException {
    report(Map.of("n", 1)).write(folder);
    report(Map.of("n", 2)).write(folder);

    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("\"n\" : 2")
        .endsWith("}\n");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
