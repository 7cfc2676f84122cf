package dev.auscult.checkpoint.zip;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a zip archive with the places of their bytes, checked: each name once, no name
 * that leads out of a folder, nothing encrypted, the two headers of an entry alike, no bytes in two
 * entries. Archives beyond 4 GB (zip64) are understood, those in several parts are not.
 *
 * <p>Source of the format: PKWARE, APPNOTE.TXT 6.3.10.
 */
public final class ZipDirectory {
  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_BYTES = 64 << 20;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int STORED = 0;

  private final Map<String, ZipEntry> entries;

  private ZipDirectory(Map<String, ZipEntry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * Reads the directory at the end of an archive and the header before each entry.
   *
   * @param file what the archive is called in messages
   * @throws InputException if it is malformed or of a kind that is not read
   */
  public static ZipDirectory read(RandomAccess archive, String file) throws IOException {
    return new Reading(archive, new ZipErrors(file)).read();
  }

  /** The entries by name, in the order of the directory. */
  public Map<String, ZipEntry> entries() {
    return entries;
  }

  /** The entry of that name, or null. */
  public @Nullable ZipEntry find(String name) {
    return entries.get(name);
  }

  private record Reading(RandomAccess archive, ZipErrors errors) {

    ZipDirectory read() throws IOException {
      DirectoryEnd end = DirectoryEnd.find(archive, errors);
      if (end.entries() > MAX_ENTRIES || end.size() > MAX_BYTES) {
        throw errors.refused(
            "%d entries in a directory of %d bytes".formatted(end.entries(), end.size()),
            "at most %d in %d".formatted(MAX_ENTRIES, MAX_BYTES));
      }
      List<DirectoryRecord> records = records(end);
      Map<String, ZipEntry> entries = new LinkedHashMap<>();
      for (DirectoryRecord entry : records) {
        if (entries.put(entry.name(), locate(entry)) != null) {
          throw errors.refused("the entry " + entry.name() + " twice", "each name once");
        }
      }
      requireDisjoint(records, entries, end.begin());
      return new ZipDirectory(entries);
    }

    private List<DirectoryRecord> records(DirectoryEnd end) throws IOException {
      ByteBuffer bytes = errors.littleEndian(archive.bytes(end.begin(), (int) end.size()));
      List<DirectoryRecord> records = new ArrayList<>();
      for (long i = 0; i < end.entries(); i++) {
        records.add(DirectoryRecord.read(bytes, errors));
      }
      if (bytes.hasRemaining()) {
        throw errors.broken("%d bytes too many in the directory".formatted(bytes.remaining()));
      }
      return records;
    }

    /** Reads the header before an entry's bytes; only it says where they begin. */
    private ZipEntry locate(DirectoryRecord entry) throws IOException {
      if (entry.header() > archive.size() - LOCAL_SIZE) {
        throw errors.broken("the entry %s beyond the file's end".formatted(entry.name()));
      }
      ByteBuffer header = errors.littleEndian(archive.bytes(entry.header(), LOCAL_SIZE));
      if (header.getInt(0) != LOCAL_SIGNATURE) {
        throw differing(entry);
      }
      int nameBytes = Short.toUnsignedInt(header.getShort(26));
      int extraBytes = Short.toUnsignedInt(header.getShort(28));
      long begin = entry.header() + LOCAL_SIZE + nameBytes + extraBytes;
      if (begin > archive.size() || entry.size() > archive.size() - begin) {
        throw errors.broken("the entry %s beyond the file's end".formatted(entry.name()));
      }
      String name = errors.text(archive.bytes(entry.header() + LOCAL_SIZE, nameBytes));
      if (header.getShort(6) != entry.flags()
          || header.getShort(8) != entry.method()
          || !name.equals(entry.name())) {
        throw differing(entry);
      }
      return new ZipEntry(entry.name(), entry.method() == STORED, begin, entry.size());
    }

    private InputException differing(DirectoryRecord entry) {
      return errors.broken(
          "the entry %s, whose header differs from the directory".formatted(entry.name()));
    }

    private void requireDisjoint(
        List<DirectoryRecord> records, Map<String, ZipEntry> entries, long directoryBegin) {
      List<DirectoryRecord> inOrder = new ArrayList<>(records);
      inOrder.sort(Comparator.comparingLong(DirectoryRecord::header));
      long free = 0;
      String before = "";
      for (DirectoryRecord entry : inOrder) {
        if (entry.header() < free) {
          throw errors.broken("the entries %s and %s overlapping".formatted(before, entry.name()));
        }
        ZipEntry located = entries.get(entry.name());
        free = located == null ? free : located.end();
        before = entry.name();
      }
      if (free > directoryBegin) {
        throw errors.broken("the entry %s overlapping the directory".formatted(before));
      }
    }
  }
}
