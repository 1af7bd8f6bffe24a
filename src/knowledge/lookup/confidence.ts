// How sure a reading is, as a chance of being right: one formula over four things that can be seen.

export interface Evidence {
  /** Score of the best control. */
  readonly score: number;
  /** Score of the best control with another owner, as a share of it. */
  readonly rival: number;
  /** Share of the question that service and control explain. */
  readonly explained: number;
  /** What the classifier gives to all controls with the same owner, and to none of them: 0 to 1. */
  readonly agreed: number;
  readonly offTopic: number;
  readonly service: boolean;
  /** The service has a ruling of its own for the control. */
  readonly ruled: boolean;
}

/** Fitted (logistic regression) on the look-ups labelled for tuning. */
const weights = {
  base: 1.47,
  score: 0.48,
  rival: -2.53,
  explained: 0.35,
  agreed: 1.11,
  offTopic: -0.28,
  service: -0.87,
  ruled: 1.82,
};

/** 0 to 1. */
export function confidenceOf(evidence: Evidence): number {
  const { score, rival, explained, agreed, offTopic, service, ruled } = evidence;
  const sum =
    weights.base +
    weights.score * Math.log(score) +
    weights.rival * rival +
    weights.explained * explained +
    weights.agreed * agreed +
    weights.offTopic * offTopic +
    (service ? weights.service : 0) +
    (ruled ? weights.ruled : 0);
  return 1 / (1 + Math.exp(-sum));
}
