/**
 * Reads the virtual machines that a vCenter account may see. {@link
 * io.vminventory.vsphere.VsphereProviderFactory} is all that others need. It changes nothing in a
 * vCenter, reads nothing but what a machine's record has, and does not try again by itself: a
 * failed session is its caller's to replace.
 *
 * <p>yavijava supplies the vim25 data model that requests are made of; the wire is our own: one
 * HTTP client per server, answers decoded as a stream that skips what it does not know. From
 * outside to inside: {@code VsphereProvider} logs in, within what {@code ServerLimits} and {@code
 * LoginBreaker} allow; {@code VsphereSession} tells a snapshot, which {@code InventoryReader} reads
 * in pages, and then what {@code UpdateStream} hears from the server; {@code VimClient} speaks the
 * few vim25 operations that this takes, {@code SoapSession} logs in and out, {@code SoapClient}
 * sends and receives. What an answer means is decided in classes without effects: {@code
 * InventoryFold}, {@code MachineMapper}, {@code InventoryTree}, {@code GuestAddresses}, {@code
 * Failures}.
 */
@NullMarked
package io.vminventory.vsphere;

import org.jspecify.annotations.NullMarked;
