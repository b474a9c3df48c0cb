package io.vminventory.testkit.vcenter;

/**
 * The reference of a managed object, such as {@code VirtualMachine vm-1}.
 *
 * @param kind the type of the object that is referred to
 * @param id unique among all objects of the server
 */
record Ref(String kind, String id) implements Value {

  @Override
  public String type() {
    return "ManagedObjectReference";
  }
}
