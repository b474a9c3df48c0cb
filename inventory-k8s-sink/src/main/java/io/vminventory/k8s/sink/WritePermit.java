package io.vminventory.k8s.sink;

/**
 * Whether this process may write records at this moment. It is asked before each write, by several
 * threads at the same time, so it must answer at once, from memory.
 */
@FunctionalInterface
public interface WritePermit {

  /** For a process that has no rival. */
  WritePermit ALWAYS = () -> true;

  /** Whether a write may begin now. */
  boolean granted();
}
