package io.vminventory.operator.leader;

/** Where a process stands among those that do the same work. */
public enum LeaderState {
  /** It has not led yet. */
  STANDING_BY,
  /** It leads, or has led and may do so again. */
  LEADING,
  /** It has led, and another process has taken over. */
  LOST
}
