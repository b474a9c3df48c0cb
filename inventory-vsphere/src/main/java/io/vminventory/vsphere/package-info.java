/**
 * Provider that reads the virtual machines that a vCenter account sees. {@link
 * io.vminventory.vsphere.VsphereProviderFactory} is the only public class. The provider changes
 * nothing in a vCenter, reads only the properties that a machine's record needs, and never retries:
 * callers replace a failed session.
 *
 * <p>yavijava supplies the vim25 data model of requests. The rest of the protocol is implemented
 * here: one HTTP client per server, and responses decoded as a stream that skips unknown elements.
 *
 * <table>
 *   <caption>Classes by topic, from the outside to the inside</caption>
 *   <tr><th>Topic</th><th>Classes</th></tr>
 *   <tr><td>provider</td><td>{@code VsphereProviderFactory}, {@code VsphereSettings}, {@code
 *       VsphereProvider}, {@code VsphereSession}; limits: {@code ServerLimits}, {@code LoginBreaker},
 *       {@code LogoutQueue}; errors: {@code Failures}</td></tr>
 *   <tr><td>inventory</td><td>complete read: {@code InventoryReader}, {@code PendingPage}, {@code
 *       ChunkReader}; watch: {@code UpdateStream}, {@code PendingUpdates}, {@code UpdateSet}, {@code
 *       ObjectUpdate}, {@code InventoryFold}; mapping, without I/O: {@code MachineMapper}, {@code
 *       InventoryTree}, {@code GuestAddresses}</td></tr>
 *   <tr><td>vim</td><td>operations: {@code VimClient}, {@code Selections}, {@code SessionObjects},
 *       {@code Vcenter}; objects: {@code ManagedObject}, {@code ManagedObjectReader}, {@code
 *       GuestNics}, {@code FoundObjects}, {@code MemoryBudget}, {@code VimText}, {@code
 *       IncompleteReadException}</td></tr>
 *   <tr><td>wire</td><td>{@code SoapSession}, {@code Cookies}, {@code SoapClient}, {@code Exchange},
 *       {@code RequestTimeouts}, {@code Deadline}; requests: {@code SoapRequest}; responses: {@code
 *       ResponseBody}, {@code XmlWalker}, {@code SoapEnvelope}, {@code SoapFault}, {@code
 *       UnexpectedResponseException}, {@code ResponseTooLargeException}</td></tr>
 *   <tr><td>probe</td><td>{@code VsphereProbe}, {@code ProbeResults}</td></tr>
 * </table>
 *
 * <p>TLS trust and timeouts are those of {@link io.vminventory.api.server}.
 */
@NullMarked
package io.vminventory.vsphere;

import org.jspecify.annotations.NullMarked;
