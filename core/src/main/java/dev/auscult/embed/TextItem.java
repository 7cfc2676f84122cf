package dev.auscult.embed;

/**
 * A text to embed.
 *
 * @param id the name of its row
 * @param text any text; what exceeds the model's context is cut off and counted
 */
public record TextItem(String id, String text) {}
