package dev.auscult.retrieval;

/**
 * Something found.
 *
 * @param candidate its number
 * @param score similarity with the query, -1 to 1
 */
public record Match(int candidate, double score) {}
