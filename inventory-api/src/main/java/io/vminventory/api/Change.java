package io.vminventory.api;

/** A change of one machine since the last update of the same session. */
public sealed interface Change {

  /** The machine that changed. */
  VirtualMachineId id();

  /**
   * A machine that is new, or of which at least one fact changed.
   *
   * @param machine all its facts as of now
   */
  record Put(VirtualMachine machine) implements Change {
    @Override
    public VirtualMachineId id() {
      return machine.id();
    }
  }

  /**
   * A machine that the account no longer sees, as the platform reported or a complete read showed.
   *
   * @param id the machine
   */
  record Remove(VirtualMachineId id) implements Change {}
}
