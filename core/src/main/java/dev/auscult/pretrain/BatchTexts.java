package dev.auscult.pretrain;

/** The texts of a batch. */
sealed interface BatchTexts permits TextBatch, MatchedTexts {}
