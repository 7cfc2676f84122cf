package dev.auscult.evaluation;

import java.util.Arrays;

/**
 * Which row has which id, without keeping the ids: by 64 bits of hash. Two of a million ids are
 * taken for one with a chance of 3e-8.
 */
public final class IdIndex {
  private static final int ABSENT = -1;

  private long[] hashes = new long[1 << 11];
  private int[] rows = new int[1 << 11];
  private int[] lines = new int[1 << 10];
  private int size;

  IdIndex() {
    Arrays.fill(rows, ABSENT);
  }

  /**
   * Takes the next row's id; false if an earlier row has it.
   *
   * @param line of the file where the row begins
   */
  boolean add(String id, long line) {
    if (2 * (size + 1) > rows.length) {
      grow();
    }
    long hash = hash(id);
    int slot = slot(hash);
    if (rows[slot] != ABSENT) {
      return false;
    }
    hashes[slot] = hash;
    rows[slot] = size;
    lines[size++] = (int) Math.min(Integer.MAX_VALUE, line);
    return true;
  }

  /** The line of the file where a row begins. */
  int line(int row) {
    return lines[row];
  }

  /** Of each row the one of the same id in another file, or -1. */
  int[] rowsIn(IdIndex other) {
    int[] there = new int[size];
    for (int slot = 0; slot < rows.length; slot++) {
      if (rows[slot] != ABSENT) {
        there[rows[slot]] = other.rows[other.slot(hashes[slot])];
      }
    }
    return there;
  }

  /** The row of an id, or -1. */
  int row(String id) {
    return rows[slot(hash(id))];
  }

  int size() {
    return size;
  }

  private int slot(long hash) {
    int mask = rows.length - 1;
    int slot = (int) hash & mask;
    while (rows[slot] != ABSENT && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldRows = rows;
    hashes = new long[2 * oldRows.length];
    rows = new int[hashes.length];
    lines = Arrays.copyOf(lines, rows.length / 2);
    Arrays.fill(rows, ABSENT);
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != ABSENT) {
        int slot = slot(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        rows[slot] = oldRows[i];
      }
    }
  }

  /** FNV-1a over characters, then a finaliser that spreads every bit. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
