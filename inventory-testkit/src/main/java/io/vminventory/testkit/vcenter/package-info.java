/**
 * vCenter simulator for tests and demos, in the same process: SOAP over HTTP or TLS on loopback,
 * with accounts that see different machines, changes at run time, and faults on demand.
 *
 * <p>Start at {@link io.vminventory.testkit.vcenter.VcenterSimulator}. It implements what this
 * project calls and a little more: machines, folders, hosts and clusters; no storage, no networks,
 * no tasks, and no permissions beyond the visibility of an account. All public types are
 * thread-safe, except the builder.
 *
 * <table>
 *   <caption>Classes by topic</caption>
 *   <tr><td>public</td><td>{@code VcenterSimulator}, {@code VcenterBuilder}, {@code SimulatedDatacenter}, {@code
 *       SimulatedMachine}, {@code SimulatedNic}, {@code SimulatedSession}, {@code Visibility}; {@code Faults} and {@code
 *       SimulatedFault}; {@code VcenterAdmin} for an external vCenter</td></tr>
 *   <tr><td>HTTP and SOAP</td><td>{@code HttpEndpoint}, {@code SoapService}, {@code SoapMethod}, {@code SoapCall}, {@code
 *       SoapFault}, {@code XmlElement}, {@code XmlWriter}</td></tr>
 *   <tr><td>methods</td><td>{@code SessionMethods}, {@code RetrieveMethods}, {@code UpdateMethods}, {@code
 *       ServerState}</td></tr>
 *   <tr><td>sessions</td><td>{@code Sessions}, {@code Session}, {@code SessionManager}, {@code SessionView}, {@code
 *       Account}, {@code Scope}</td></tr>
 *   <tr><td>property collector</td><td>{@code PropertyCollector}, {@code PropertyFilter}, {@code UpdateOptions}, {@code
 *       FilterSpec}, {@code Traversal}, {@code PropertyPath}, {@code PropertyValues}, {@code ContainerView}, {@code
 *       ChangeSignal}, {@code ChangeLog}, {@code Change}</td></tr>
 *   <tr><td>inventory</td><td>{@code Inventory}, {@code Layout}, {@code InventoryEditor}, {@code SampleInventory}, {@code
 *       ManagedObject}, {@code ManagedEntity}, {@code Machine}, {@code Folder}, {@code Datacenter}, {@code
 *       ComputeResource}, {@code HostSystem}, {@code ResourcePool}</td></tr>
 *   <tr><td>values</td><td>{@code Schema}, {@code Value}, {@code DataObject}, {@code MoRef}, {@code
 *       MachineProperties}</td></tr>
 * </table>
 */
@NullMarked
package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.NullMarked;
