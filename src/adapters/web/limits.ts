// The playground's limits: what it accepts and how much it keeps.

/** Larger request bodies are answered with one sentence, unread. */
export const BODY_MAX_BYTES = 64 * 1024;

/** Messages kept per channel, by kind: what was posted for a slot, other public ones, private ones. */
export const MESSAGES_KEPT = { post: 50, public: 50, private: 100 } as const;

/** Events kept for pages that come back after a lost connection; older ones make the page load afresh. */
export const EVENTS_KEPT = 500;

/** Open pages. More than these are asked to come back later. */
export const STREAMS_MAX = 200;

/** A page that has this many events unread is let go. */
export const STREAM_BEHIND_MAX = 300;

/** A comment on each open stream this often, so that a dead connection is noticed. */
export const HEARTBEAT_MS = 20_000;

/** A typed line is shown above its reply up to this many characters. */
export const ECHO_MAX = 300;
