package io.vminventory.api;

/** Kinds of failure, one for each different reaction of the caller. */
public enum Failure {
  /**
   * The administrator or the tenant has to change something first: an untrusted certificate, a
   * response that no server of the expected platform sends, a bad setting. Retrying soon is
   * useless.
   */
  MISCONFIGURED,
  /**
   * The server refused the account. Do not retry with the same password before some minutes have
   * passed: directory accounts lock.
   */
  DENIED,
  /**
   * The server could not be reached, did not respond in time, ended the session or is overloaded.
   * Retry with back-off.
   */
  UNAVAILABLE,
  /** An unforeseen failure. Retry with back-off, and report it as a bug if it stays. */
  INTERNAL
}
