package dev.auscult.pretrain;

import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * Texts drawn apart from the images of a batch.
 *
 * @param texts one row of ids per text
 * @param imageLabels {@link LabelVectors} of the images {@code [n, l]}
 * @param textLabels those of the texts {@code [m, l]}
 */
record MatchedTexts(List<int[]> texts, FloatMatrix imageLabels, FloatMatrix textLabels)
    implements BatchTexts {}
