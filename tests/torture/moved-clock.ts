// Preloaded into the bot (`node --import`): its calendar runs ahead of the machine's by CLOCK_AHEAD_MS. Timers stay real.
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const RealDate = Date;

class MovedDate extends RealDate {
  constructor(...given: []) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + ahead;
  }
}

globalThis.Date = MovedDate as DateConstructor;
