package dev.auscult.report;

import dev.auscult.balance.SampleBalance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers of a sample that a page's script shows on pointing, as one line of JSON. */
final class SampleData {
  private static final int DIGITS = 4;

  private SampleData() {}

  /**
   * {@code grid} [rows, columns], {@code patches} and {@code tokens} with their errors, and {@code
   * pairs} [patch, token, value]; four significant digits.
   */
  static String of(SampleBalance balance) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("grid", List.of(balance.image().rows(), balance.image().columns()));
    json.put("patches", rounded(balance.image().phi()));
    json.put("patchErrors", rounded(balance.image().se()));
    json.put("tokens", rounded(balance.text().phi()));
    json.put("tokenErrors", rounded(balance.text().se()));
    json.put(
        "pairs",
        balance.interactions().stream()
            .map(pair -> List.of(pair.patch(), pair.token(), rounded(pair.value())))
            .toList());
    return ResultJson.line(json);
  }

  private static List<Double> rounded(List<Double> values) {
    return values.stream().map(SampleData::rounded).toList();
  }

  static double rounded(double value) {
    return Double.isFinite(value)
        ? Double.parseDouble(String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value))
        : value;
  }
}
