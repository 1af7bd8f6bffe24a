// Edits that nobody waits for: a few at once on each platform, so that posts and reveals need not queue behind them.

const AT_ONCE = 8;

export interface EditQueue {
  /** Has `id` done when there is a place; one that waits already is not added again. */
  add(platform: string, id: string): void;
  /** Forgets what waits. */
  clear(): void;
}

/** `run` never rejects. */
export function createEditQueue(run: (id: string) => Promise<void>): EditQueue {
  const lines = new Map<string, { readonly due: Set<string>; running: number }>();

  const pump = (line: { readonly due: Set<string>; running: number }): void => {
    for (const id of line.due) {
      if (line.running >= AT_ONCE) return;
      line.due.delete(id);
      line.running++;
      void run(id).then(() => {
        line.running--;
        pump(line);
      });
    }
  };

  return {
    add(platform, id) {
      const line = lines.get(platform) ?? { due: new Set<string>(), running: 0 };
      lines.set(platform, line);
      line.due.add(id);
      pump(line);
    },
    clear() {
      for (const { due } of lines.values()) due.clear();
    },
  };
}
