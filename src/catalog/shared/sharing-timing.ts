/** How long replicas wait for Redis and for each other where they share a catalog. Milliseconds. */
export interface SharingTiming {
  /** After this long without a word from whoever reads a list, somebody else does. By Redis's clock. */
  readonly leaseMs: number;
  /** How often whoever reads a list says so. */
  readonly renewMs: number;
  /** How often those who wait for another replica's reading look whether it is there. */
  readonly pollMs: number;
  /** How long it is known that a person waits for a list, after they said so last. By Redis's clock. */
  readonly wantedMs: number;
  /** Whoever has waited so long for another replica's reading reads the list itself. */
  readonly longestWaitMs: number;
  /** How far ahead another replica's clock may be: what is dated later than this is not believed. */
  readonly skewMs: number;

  /** Redis has this long to take a connection, and to answer a short command. */
  readonly commandMs: number;
  /** The same for a command with a megabyte in it. */
  readonly pieceMs: number;
  /** A list of which one piece takes longer to come, behind those of other lists, is read from elsewhere. */
  readonly readMs: number;
  /** After Redis has failed, how long it is left alone: at first, and at most when it fails again and again. */
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** How long what is on its way to Redis is waited for when the gateway stops. */
  readonly closeMs: number;

  /** How long Redis keeps a list that nobody replaces. By Redis's clock, as are the next two. */
  readonly keptMs: number;
  /** The same of one that is not written to its end. */
  readonly draftMs: number;
  /** The same of one that was replaced: somebody may be reading it. */
  readonly replacedMs: number;
}

export const SHARING_TIMING: SharingTiming = {
  leaseMs: 10_000,
  renewMs: 3_333,
  pollMs: 300,
  wantedMs: 3_000,
  longestWaitMs: 600_000,
  skewMs: 60_000,
  commandMs: 1_000,
  pieceMs: 5_000,
  readMs: 20_000,
  firstBackoffMs: 1_000,
  longestBackoffMs: 30_000,
  closeMs: 3_000,
  keptMs: 7 * 86_400_000,
  draftMs: 600_000,
  replacedMs: 120_000,
};
