package dev.auscult.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with the same bytes on every machine: keys in the order of the maps given, numbers as the
 * shortest decimal that reads back, {@code NaN} and infinities as null, line feeds only.
 *
 * <p>Values are maps with string keys, iterables, strings, numbers, booleans, enums (their lower
 * case name), paths, optionals and null; anything else is refused.
 */
public final class ResultJson {
  private static final JsonMapper LINE =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .build();
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final JsonMapper PRETTY =
      LINE.rebuild()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT))
          .build();

  private ResultJson() {}

  /** Over several lines, with a line feed at the end. */
  public static String pretty(@Nullable Object value) {
    return PRETTY.writeValueAsString(plain(value)) + "\n";
  }

  /** On one line without a line feed, for JSON lines. */
  public static String line(@Nullable Object value) {
    return LINE.writeValueAsString(plain(value));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put((String) key, plain(entry)));
      return copy;
    }
    if (value instanceof Iterable<?> items && !(value instanceof Path)) {
      List<@Nullable Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElse(null));
    }
    if (value instanceof OptionalDouble optional) {
      return plain(optional.isPresent() ? optional.getAsDouble() : null);
    }
    return scalar(value);
  }

  private static @Nullable Object scalar(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue()) ? value : null;
    }
    if (value == null
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof String) {
      return value;
    }
    if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Path path) {
      return path.toString().replace('\\', '/');
    }
    throw new IllegalArgumentException("no JSON form for " + value.getClass().getName());
  }
}
