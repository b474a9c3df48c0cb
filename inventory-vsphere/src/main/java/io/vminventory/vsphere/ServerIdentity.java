package io.vminventory.vsphere;

import com.vmware.vim25.AboutInfo;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which vCenter it is.
 *
 * @param instanceUuid its UUID, the first part of the identity of each of its machines
 * @param version what it calls itself; empty if it does not say
 */
record ServerIdentity(String instanceUuid, String version) {

  private static final Pattern LEGAL = Pattern.compile("[!-~&&[^/]]{1,100}");

  /** Empty if it has no UUID that could tell its machines from others: then it is no vCenter. */
  static Optional<ServerIdentity> of(AboutInfo about) {
    String uuid = text(about.getInstanceUuid());
    return LEGAL.matcher(uuid).matches()
        ? Optional.of(new ServerIdentity(uuid, version(about)))
        : Optional.empty();
  }

  /** The full name, or else name and version. */
  static String version(AboutInfo about) {
    String fullName = text(about.getFullName());
    return fullName.isEmpty()
        ? Stream.of(text(about.getName()), text(about.getVersion()))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "))
        : fullName;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : Texts.quote(text);
  }
}
