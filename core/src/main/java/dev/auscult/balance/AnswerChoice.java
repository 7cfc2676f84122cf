package dev.auscult.balance;

/**
 * The answer a model selects among the candidates.
 *
 * @param predicted the candidate with the highest score
 * @param answer the reference answer
 * @param correct whether they are the same after lower-casing and stripping, or the question has
 *     further reference answers and {@code predicted} is one of them
 */
public record AnswerChoice(String predicted, String answer, boolean correct) {}
