package io.vminventory.api;

/**
 * What a session is opened for, so that a provider can choose how it reads. Every session keeps the
 * whole contract of {@link InventorySession} for either purpose; the purpose is a hint about cost.
 */
public enum SessionPurpose {
  /** One complete read; the caller closes the session after the first update. */
  READ,
  /** A complete read, then changes for as long as possible. */
  WATCH
}
