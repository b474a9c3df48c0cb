package io.vminventory.vsphere;

import com.vmware.vim25.ServiceContent;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Tenant;
import java.io.IOException;

/** Logs tenants in to one vCenter. Thread-safe; connections are shared, sessions are not. */
final class VsphereProvider implements InventoryProvider {

  private final VsphereSettings settings;
  private final SoapClient soap;
  private final Failures failures;

  VsphereProvider(VsphereSettings settings) {
    this.settings = settings;
    this.soap = new SoapClient(settings);
    this.failures =
        new Failures(settings.server(), settings.connectTimeout(), settings.requestTimeout());
  }

  @Override
  public InventorySession open(Tenant tenant) throws InventoryException, InterruptedException {
    if (!SoapRequest.canHold(tenant.username())
        || !SoapRequest.canHold(tenant.password().reveal())) {
      throw failures.unspeakable(tenant.username());
    }
    VimClient vim = new VimClient(soap);
    boolean opened = false;
    try {
      InventorySession session = open(vim, tenant);
      opened = true;
      return session;
    } catch (IOException e) {
      throw failures.of(e, tenant.username());
    } finally {
      if (!opened) {
        vim.close();
      }
    }
  }

  /** Asks who the server is before it is told a password. */
  private InventorySession open(VimClient vim, Tenant tenant)
      throws IOException, InventoryException, InterruptedException {
    ServiceContent content = vim.serviceContent();
    ServerIdentity server =
        ServerIdentity.of(content.getAbout())
            .orElseThrow(() -> failures.notAVCenter(ServerIdentity.version(content.getAbout())));
    vim.login(content.getSessionManager(), tenant);
    InventoryReader reader = new InventoryReader(vim, content, server, settings.pageSize());
    return new VsphereSession(vim, reader, failures, tenant.username(), settings.pollInterval());
  }

  /** How many requests all sessions together have sent. */
  long roundTrips() {
    return soap.roundTrips();
  }

  @Override
  public String toString() {
    return "vCenter " + settings.server();
  }
}
