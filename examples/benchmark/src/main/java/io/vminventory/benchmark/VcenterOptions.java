package io.vminventory.benchmark;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the vCenter: an existing one, or an embedded one that is started. */
final class VcenterOptions implements AutoCloseable {

  private static final int PAGE_SIZE = 500;

  @Option(
      names = "--vcenter-url",
      description = "URL of an existing vCenter. Default: starts an embedded one.")
  private @Nullable URI url;

  @Option(
      names = "--vcenter-ca-file",
      description = "PEM file of the authority that signed its certificate.")
  private @Nullable Path caFile;

  @Option(names = "--username", defaultValue = "user")
  private String username = "user";

  @Option(names = "--password", defaultValue = "pass")
  private String password = "pass";

  @Option(names = "--vms", defaultValue = "1000", description = "Machines of the embedded vCenter.")
  private int vms = 1_000;

  private int tenants;
  private @Nullable PeerProcess embedded;

  /** Sets the options of an existing vCenter. */
  VcenterOptions with(URI url, Path caFile, String username, String password) {
    this.url = url;
    this.caFile = caFile;
    this.username = username;
    this.password = password;
    return this;
  }

  /** Sets the number of machines of the embedded vCenter, or of each of its tenants. */
  VcenterOptions machines(int count) {
    vms = count;
    return this;
  }

  /**
   * Sets the number of tenants of the embedded vCenter; each account sees only its own machines.
   */
  VcenterOptions tenants(int count) {
    tenants = count;
    return this;
  }

  /** Starts the embedded vCenter if needed; {@link #close()} stops it. */
  void start() throws IOException {
    if (url == null) {
      Path directory = Files.createTempDirectory("vminventory-benchmark");
      embedded =
          new PeerProcess(
              List.of(
                  "VCENTER",
                  "--vms",
                  Integer.toString(vms),
                  "--tenants",
                  Integer.toString(tenants),
                  "--directory",
                  directory.toString()));
      url = URI.create(embedded.address());
      caFile = directory.resolve(PeerCommand.CA_FILE);
    }
  }

  String kind() {
    return embedded == null ? "existing vCenter" : "embedded vCenter";
  }

  URI url() {
    if (url == null) {
      throw new IllegalStateException("not started");
    }
    return url;
  }

  /** PEM file of the authority that signed its certificate. */
  Path caFile() {
    if (caFile == null) {
      throw new IllegalStateException("the CA file is not set; pass --vcenter-ca-file");
    }
    return caFile;
  }

  String username() {
    return username;
  }

  String password() {
    return password;
  }

  /** Sends a request to the embedded vCenter; see {@link PeerProcess#send}. */
  String send(String request) throws IOException {
    if (embedded == null) {
      throw new IllegalStateException("no embedded vCenter has been started");
    }
    return embedded.send(request);
  }

  /** TLS context that trusts the CA file if it is set, else the authorities of the JVM. */
  SSLContext tls() throws IOException {
    return Tls.trusting(Optional.ofNullable(caFile));
  }

  /** A new provider that connects to the vCenter at this address. */
  InventoryProvider provider(URI address) throws InventoryException {
    Map<String, String> settings =
        caFile == null || address.getScheme().equals("http")
            ? Map.of("host", address.toString(), "page-size", Integer.toString(PAGE_SIZE))
            : Map.of(
                "host",
                address.toString(),
                "ca-file",
                caFile.toString(),
                "page-size",
                Integer.toString(PAGE_SIZE));
    return new VsphereProviderFactory().create(new ProviderSettings("default", settings));
  }

  /** A tenant with this account, whose records are in this namespace. */
  Tenant tenant(String namespace) {
    return new Tenant(new TenantId(namespace, "bench"), username, Secret.of(password), namespace);
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
  }
}
