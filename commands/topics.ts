// Completions for topics.

/** Ids of topics that contain what was typed, in id or title; at most 24. */
export function matchTopics(
  topics: readonly { readonly id: string; readonly title: string }[],
  partial: string,
): string[] {
  const wanted = partial.trim().toLowerCase();
  return topics
    .filter(({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted))
    .map(({ id }) => id)
    .slice(0, 24);
}
