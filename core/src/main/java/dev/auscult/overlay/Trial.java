package dev.auscult.overlay;

import java.util.OptionalInt;

/**
 * One text on one image, beside the image without it and with its rectangle alone.
 *
 * @param condition how it looks
 * @param kind what it says
 * @param text the text itself
 * @param named the class that it names, if it names one
 * @param original the image as it is
 * @param blank with the text's rectangle alone
 * @param words with the text
 */
public record Trial(
    Condition condition,
    TextKind kind,
    String text,
    OptionalInt named,
    Reading original,
    Reading blank,
    Reading words) {}
