package dev.auscult.evaluation;

/**
 * A subgroup with its figures to be.
 *
 * @param group whose
 * @param block computes them
 * @param patients how many patients it has
 * @param standing whether it is compared
 */
record GroupBlock(Subgroup group, FigureBlock block, int patients, GroupResult.Standing standing) {

  static GroupBlock of(
      Predictions predictions, Subgroup group, FigureChoices choices, int minimum) {
    Slice slice = new Slice(predictions, group.rows());
    int patients = slice.patients();
    GroupResult.Standing standing =
        group.unknown()
            ? GroupResult.Standing.UNKNOWN
            : patients < minimum ? GroupResult.Standing.TOO_SMALL : GroupResult.Standing.RANKED;
    return new GroupBlock(group, choices.block(slice), patients, standing);
  }

  boolean ranked() {
    return standing == GroupResult.Standing.RANKED;
  }
}
