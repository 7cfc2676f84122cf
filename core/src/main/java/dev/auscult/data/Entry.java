package dev.auscult.data;

import java.util.Map;
import java.util.Optional;

/**
 * One entry of a manifest, not yet checked.
 *
 * @param line where it begins in its file, from 1
 * @param fields values by column
 */
record Entry(long line, Map<String, String> fields) {

  /** The value of a column; empty if there is none or it is blank. */
  Optional<String> value(String column) {
    return Optional.ofNullable(fields.get(column)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
