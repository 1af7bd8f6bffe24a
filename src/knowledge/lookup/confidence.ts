// How sure a reading is, as a chance of being right: one formula over four things that can be seen.

export interface Evidence {
  /** Score of the best control. */
  readonly score: number;
  /** Score of the best control with another owner, as a share of it. */
  readonly rival: number;
  /** Share of the question that service and control explain. */
  readonly explained: number;
  readonly service: boolean;
  /** The service has a ruling of its own for the control. */
  readonly ruled: boolean;
}

/** Fitted (logistic regression) on the tuning half of the labelled look-ups and on the question bank. */
const weights = { base: 1.3, score: 0.67, rival: -4.15, explained: 2.43, service: -1.47, ruled: 2.13 };

/** 0 to 1. */
export function confidenceOf({ score, rival, explained, service, ruled }: Evidence): number {
  const sum =
    weights.base +
    weights.score * Math.log(score) +
    weights.rival * rival +
    weights.explained * explained +
    (service ? weights.service : 0) +
    (ruled ? weights.ruled : 0);
  return 1 / (1 + Math.exp(-sum));
}
