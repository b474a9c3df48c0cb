package io.vminventory.operator.leader;

/** Role of a process among those that do the same work. */
public enum LeaderState {
  /** The process has not led yet. */
  STANDING_BY,
  /** The process leads, or has led and has seen no other leader since. */
  LEADING,
  /** The process has led, and another one has taken over. */
  LOST
}
