package io.vminventory.api;

/** Why something did not work: one kind for each different reaction. */
public enum Failure {
  /**
   * The administrator or the tenant has to change something first: an untrusted certificate, an
   * answer that is not of the expected platform, a bad setting. Trying again soon is useless.
   */
  MISCONFIGURED,
  /**
   * The server refused the account. Do not try again with the same password before some minutes
   * have passed: directory accounts lock.
   */
  DENIED,
  /**
   * The server could not be reached, did not answer in time, ended the session or is overloaded.
   * Try again with back-off.
   */
  UNAVAILABLE,
  /** Nobody foresaw it. Try again with back-off, and report it as a bug if it stays. */
  INTERNAL
}
