// Completions for time zones.

/** Zones whose name or city contains what was typed, those that begin with it first; at most 25. */
export function suggestZones(partial: string): readonly string[] {
  const wanted = partial.trim().replaceAll(' ', '_').toLowerCase();
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].filter((zone) =>
    zone.toLowerCase().includes(wanted),
  );
  const starts = (zone: string) =>
    zone
      .toLowerCase()
      .split('/')
      .some((part) => part.startsWith(wanted));
  return [...zones.filter(starts), ...zones.filter((zone) => !starts(zone))].slice(0, 25);
}
