/**
 * Contrastive pre-training of small dual encoders from image-text pairs: what to train on and how
 * ({@link dev.auscult.pretrain.PretrainConfig}), the run ({@link
 * dev.auscult.pretrain.Pretraining}), and what came of it ({@link
 * dev.auscult.pretrain.PretrainResult}).
 *
 * <p>CLIP's recipe (Radford et al. 2021) with NegCLIP's hard negatives (Yuksekgonul et al. 2023).
 */
@NullMarked
package dev.auscult.pretrain;

import org.jspecify.annotations.NullMarked;
