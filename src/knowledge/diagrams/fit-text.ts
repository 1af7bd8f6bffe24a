// Fits text into a picture: how wide it is in Inter, shortened with an ellipsis, wrapped into lines.

export type Weight = 400 | 600;

/** Advance widths of U+0020 to U+007E in thousandths of an em, read from the font's hmtx table. */
const ascii: Readonly<Record<Weight, readonly number[]>> = {
  400: numbers(`281 288 466 633 642 982 644 300 365 365 501 662 288 460 288 360 631 407 610 618 646 593 620 566 619
    620 288 302 662 662 662 511 966 690 654 730 722 601 590 746 743 269 571 672 565 903 753 765 639 765 644 642 646
    744 690 985 682 679 629 365 360 365 471 456 323 562 612 571 612 583 370 613 591 242 242 549 242 876 591 600 612
    612 376 528 327 591 562 818 546 562 552 426 333 426 662`),
  600: numbers(`252 321 523 644 650 1004 663 326 373 373 540 673 319 465 319 379 660 423 623 636 666 612 640 576 640
    640 319 329 673 673 673 543 999 728 659 737 722 605 588 749 746 277 580 703 565 922 759 769 645 773 652 650 660
    736 728 1020 720 713 652 373 379 373 481 469 351 574 624 583 624 591 389 625 612 262 262 569 262 900 612 609 624
    624 397 549 353 612 587 839 569 588 566 455 359 455 673`),
};

/** No accented Latin, Greek or Cyrillic letter and no dash is wider, a few ligatures aside. */
const widestOther = 1040;

/** Letters and signs that the bundled font has; everything else would be drawn as an empty box. */
const missing =
  /[^\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2010-\u2027\u20ac\u2122]+/gu;

function numbers(list: string): readonly number[] {
  return list.trim().split(/\s+/).map(Number);
}

/** Width in pixels; exact for ASCII but for kerning, an upper bound for everything else. */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
  let thousandths = 0;
  for (const character of text) {
    thousandths += ascii[weight][(character.codePointAt(0) ?? 0) - 0x20] ?? widestOther;
  }
  return (thousandths * size) / 1000;
}

/** The text without what the font cannot draw (other scripts, emoji); `instead` if nothing is left. */
export function drawable(text: string, instead: string): string {
  return text.normalize('NFC').replace(missing, ' ').replace(/\s+/g, ' ').trim() || instead;
}

/** The text itself if it fits into `width` pixels, else its beginning and an ellipsis. */
export function shorten(text: string, width: number, size: number, weight: Weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const room = width - textWidth('…', size, weight);
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += textWidth(character, size, weight);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** At most `lines` lines, none wider than `width` pixels; what is left over ends in an ellipsis. */
export function wrapText(
  text: string,
  width: number,
  size: number,
  lines: number,
  weight: Weight = 400,
): string[] {
  const wrapped: string[] = [];
  const words = text.split(/\s+/).filter((word) => word !== '');
  while (words.length > 0 && wrapped.length < lines - 1) {
    let line = words.shift() ?? '';
    while (words.length > 0 && textWidth(`${line} ${words[0]}`, size, weight) <= width)
      line += ` ${words.shift()}`;
    wrapped.push(shorten(line, width, size, weight));
  }
  if (words.length > 0) wrapped.push(shorten(words.join(' '), width, size, weight));
  return wrapped;
}
