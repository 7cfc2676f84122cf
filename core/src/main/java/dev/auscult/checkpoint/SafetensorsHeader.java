package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON header of a safetensors file, checked: every byte after the header belongs to exactly
 * one tensor, and every tensor's type and shape fill its bytes.
 *
 * @param entries the tensors in the order of their bytes
 * @param metadata the free text under {@code __metadata__}
 */
public record SafetensorsHeader(List<TensorEntry> entries, Map<String, String> metadata) {
  /** The longest header that is read, in bytes; the reference reader's limit is the same order. */
  public static final int MAX_BYTES = 25_000_000;

  static final String METADATA = "__metadata__";
  private static final int MAX_RANK = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(20)
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .build())
          .build();

  /** Copies. */
  public SafetensorsHeader {
    entries = List.copyOf(entries);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Parses and checks a header.
   *
   * @param json its bytes without the length prefix
   * @param dataBytes how many bytes follow the header in the file
   * @param file the file's name for messages
   * @throws InputException naming the first thing that is wrong
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes, String file) {
    if (json.length == 0 || json[0] != '{') {
      throw broken(file, "a header that does not begin with '{'", "a JSON object", null);
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return new Reader(parser, dataBytes, file).read();
    } catch (JacksonException e) {
      throw broken(file, "bad JSON in the header (" + e.getOriginalMessage() + ")", "JSON", e);
    }
  }

  private static InputException broken(
      String file, String found, String expected, @org.jspecify.annotations.Nullable Throwable e) {
    return new InputException(
        file, found, expected, "obtain the file again or write it anew with safetensors", e);
  }

  /** One pass over the tokens; nothing is kept that has not been checked. */
  private static final class Reader {
    private final JsonParser parser;
    private final long dataBytes;
    private final String file;
    private final List<TensorEntry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    Reader(JsonParser parser, long dataBytes, String file) {
      this.parser = parser;
      this.dataBytes = dataBytes;
      this.file = file;
    }

    SafetensorsHeader read() {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (!names.add(name)) {
          throw fail("the name \"" + name + "\" twice", "each name once");
        }
        if (name.equals(METADATA)) {
          readMetadata();
        } else {
          entries.add(readEntry(name));
        }
      }
      if (parser.nextToken() != null) {
        throw fail("more after the header's closing brace", "only spaces");
      }
      entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
      checkCoverage();
      return new SafetensorsHeader(entries, metadata);
    }

    private void readMetadata() {
      expect(parser.nextToken() == JsonToken.START_OBJECT, METADATA + " that is no object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        expect(
            parser.nextToken() == JsonToken.VALUE_STRING,
            METADATA + " whose \"" + key + "\" is no string");
        if (metadata.put(key, parser.getString()) != null) {
          throw fail(METADATA + " with \"" + key + "\" twice", "each key once");
        }
      }
    }

    private TensorEntry readEntry(String name) {
      expect(parser.nextToken() == JsonToken.START_OBJECT, quote(name) + " that is no object");
      String type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        boolean repeated;
        switch (key) {
          case "dtype" -> {
            repeated = type != null;
            expect(
                parser.currentToken() == JsonToken.VALUE_STRING,
                quote(name) + " whose dtype is no string");
            type = parser.getString();
          }
          case "shape" -> {
            repeated = shape != null;
            shape = readNumbers(name, key);
          }
          case "data_offsets" -> {
            repeated = offsets != null;
            offsets = readNumbers(name, key);
          }
          default ->
              throw fail(
                  quote(name) + " with the key \"" + key + "\"", "dtype, shape and data_offsets");
        }
        expect(!repeated, quote(name) + " with \"" + key + "\" twice");
      }
      if (type == null || shape == null || offsets == null) {
        throw fail(quote(name) + " incomplete", "dtype, shape and data_offsets");
      }
      return entry(name, type, shape, offsets);
    }

    private List<Long> readNumbers(String name, String key) {
      expect(
          parser.currentToken() == JsonToken.START_ARRAY,
          quote(name) + " whose " + key + " is no array");
      List<Long> numbers = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(
            parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
            quote(name) + " whose " + key + " is not made of whole numbers");
        expect(
            parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() >= 0,
            quote(name) + " whose " + key + " holds " + parser.getString());
        expect(numbers.size() < MAX_RANK, quote(name) + " whose " + key + " is too long");
        numbers.add(parser.getLongValue());
      }
      return numbers;
    }

    private TensorEntry entry(String name, String typeName, List<Long> shape, List<Long> offsets) {
      StoredType type =
          StoredType.named(typeName)
              .orElseThrow(
                  () ->
                      new InputException(
                          file,
                          "%s of type %s".formatted(quote(name), typeName),
                          "one of " + List.of(StoredType.values()),
                          "convert the tensor to one of these"));
      expect(offsets.size() == 2, quote(name) + " with " + offsets.size() + " data_offsets");
      long begin = offsets.get(0);
      long end = offsets.get(1);
      if (begin > end || end > dataBytes) {
        throw fail(
            "%s at bytes %d to %d".formatted(quote(name), begin, end),
            "a range within the %d bytes after the header".formatted(dataBytes));
      }
      if (begin % type.bytes() != 0) {
        throw fail(
            "%s of type %s at byte %d".formatted(quote(name), type, begin),
            "a multiple of " + type.bytes());
      }
      long size = sizeOf(name, type, shape);
      if (size != end - begin) {
        throw fail(
            "%s with %d bytes".formatted(quote(name), end - begin),
            "%d bytes for %s of shape %s".formatted(size, type, shape));
      }
      return new TensorEntry(name, type, shape, begin, end);
    }

    private long sizeOf(String name, StoredType type, List<Long> shape) {
      try {
        return TensorEntry.byteSize(type, shape);
      } catch (ArithmeticException e) {
        throw broken(file, quote(name) + " of the impossible shape " + shape, "a real one", e);
      }
    }

    private void checkCoverage() {
      long at = 0;
      String before = "the header";
      for (TensorEntry entry : entries) {
        if (entry.begin() != at) {
          throw fail(
              "%s at byte %d, %s %s which ends at %d"
                  .formatted(
                      quote(entry.name()),
                      entry.begin(),
                      entry.begin() < at ? "overlapping" : "a gap after",
                      before,
                      at),
              "tensors one after another");
        }
        at = entry.end();
        before = quote(entry.name());
      }
      if (at != dataBytes) {
        throw fail(
            "%d bytes after the header".formatted(dataBytes), "%d bytes of tensors".formatted(at));
      }
    }

    private void expect(boolean holds, String otherwise) {
      if (!holds) {
        throw fail(otherwise, "a valid safetensors header");
      }
    }

    private InputException fail(String found, String expected) {
      return broken(file, found, expected, null);
    }

    private static String quote(String name) {
      return "tensor \"" + (name.length() <= 120 ? name : name.substring(0, 117) + "...") + "\"";
    }
  }
}
