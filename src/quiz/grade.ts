// The scoring rules, and nothing else.

export const POINTS_RIGHT = 10;
export const STREAK_BONUS_MAX = 5;

export interface Grade {
  readonly right: boolean;
  readonly points: number;
}

/**
 * 10 points for a right answer plus min(streak − 1, 5); 0 for a wrong one.
 * `streak` counts the consecutive slots of the channel that the member answered, this one included (≥ 1).
 */
export function grade(right: boolean, streak: number): Grade {
  return { right, points: right ? POINTS_RIGHT + Math.min(streak - 1, STREAK_BONUS_MAX) : 0 };
}

/** The streak after answering a slot: one more than at the previous slot (0 where that was missed). Right or wrong does not matter. */
export function nextStreak(previous: number): number {
  return previous + 1;
}
