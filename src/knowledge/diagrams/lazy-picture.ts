// A picture that is drawn when somebody looks at it: many replies are only ever read as text.
import type { Picture } from '../../core/reply.ts';

/** `draw` runs once, at the first reading of `svg`. */
export function lazyPicture(words: Omit<Picture, 'svg'>, draw: () => string): Picture {
  let drawn: string | undefined;
  return {
    ...words,
    get svg() {
      drawn ??= draw();
      return drawn;
    },
  };
}
