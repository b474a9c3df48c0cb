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

/** Which vCenter is measured: one that runs, or an embedded one that is started for it. */
final class VcenterOptions implements AutoCloseable {

  private static final int PAGE_SIZE = 500;

  @Option(names = "--vcenter-url", description = "Without it, an embedded vCenter is started.")
  private @Nullable URI url;

  @Option(names = "--vcenter-ca-file", description = "The authority of its certificate, in PEM.")
  private @Nullable Path caFile;

  @Option(names = "--username", defaultValue = "user")
  private String username = "user";

  @Option(names = "--password", defaultValue = "pass")
  private String password = "pass";

  @Option(
      names = "--vms",
      defaultValue = "1000",
      description = "Machines of an embedded vCenter; one that runs has its own.")
  private int vms = 1_000;

  private int tenants;
  private @Nullable ChildPeer child;

  /** Sets them as the command line would. */
  VcenterOptions with(URI url, Path caFile, String username, String password) {
    this.url = url;
    this.caFile = caFile;
    this.username = username;
    this.password = password;
    return this;
  }

  /** How many machines an embedded one is to have. */
  VcenterOptions machines(int count) {
    vms = count;
    return this;
  }

  /** An embedded one for so many tenants, each with an account that sees machines of its own. */
  VcenterOptions tenants(int count) {
    tenants = count;
    return this;
  }

  /** Starts what has to be started; {@link #close()} ends it. */
  void start() throws IOException {
    if (url == null) {
      Path directory = Files.createTempDirectory("vminventory-benchmark");
      child =
          new ChildPeer(
              List.of(
                  "VCENTER",
                  "--vms",
                  Integer.toString(vms),
                  "--tenants",
                  Integer.toString(tenants),
                  "--directory",
                  directory.toString()));
      url = URI.create(child.told());
      caFile = directory.resolve(PeerCommand.CA_FILE);
    }
  }

  String kind() {
    return child == null ? "running vCenter" : "embedded vCenter";
  }

  URI url() {
    if (url == null) {
      throw new IllegalStateException("not started");
    }
    return url;
  }

  /** The authority of its certificate. */
  Path caFile() {
    if (caFile == null) {
      throw new IllegalStateException("the authority of its certificate is not known");
    }
    return caFile;
  }

  String username() {
    return username;
  }

  String password() {
    return password;
  }

  /** Has the embedded one do something; see {@link ChildPeer#ask}. */
  String ask(String request) throws IOException {
    if (child == null) {
      throw new IllegalStateException("no embedded vCenter was started");
    }
    return child.ask(request);
  }

  /** TLS as the authority's file wants it, or as the JVM does it. */
  SSLContext tls() throws IOException {
    return Tls.trusting(Optional.ofNullable(caFile));
  }

  /** A new provider of it, at this address. */
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

  /** The account, as a tenant with records in this namespace. */
  Tenant tenant(String namespace) {
    return new Tenant(new TenantId(namespace, "bench"), username, Secret.of(password), namespace);
  }

  @Override
  public void close() throws IOException {
    if (child != null) {
      child.close();
    }
  }
}
