package io.vminventory.k8s.sink;

/**
 * Permission of this process to write records now. Checked before each write, by several threads at
 * the same time, so it must return at once, from memory.
 */
@FunctionalInterface
public interface WritePermit {

  /** Permit of the only process that writes. */
  WritePermit ALWAYS = () -> true;

  /** Whether writes are allowed now. */
  boolean granted();
}
