package io.vminventory.api;

/** What happened to one machine since the last update of the same session. */
public sealed interface Change {

  /** The machine it happened to. */
  VirtualMachineId id();

  /**
   * The machine is new, or at least one of its facts is.
   *
   * @param machine all that is known of it now
   */
  record Put(VirtualMachine machine) implements Change {
    @Override
    public VirtualMachineId id() {
      return machine.id();
    }
  }

  /**
   * The platform said, or a complete read has shown, that the account sees the machine no longer.
   *
   * @param id the machine
   */
  record Remove(VirtualMachineId id) implements Change {}
}
