/** Contrastive pre-training of small dual encoders. */
@NullMarked
package dev.auscult.pretrain;

import org.jspecify.annotations.NullMarked;
