package io.vminventory.testkit.vcenter;

/**
 * Reference to a managed object, such as {@code VirtualMachine vm-1}.
 *
 * @param kind the type of the object
 * @param id unique on the server
 */
record MoRef(String kind, String id) implements Value {

  @Override
  public String type() {
    return "ManagedObjectReference";
  }
}
