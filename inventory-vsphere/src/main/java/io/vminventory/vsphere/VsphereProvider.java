package io.vminventory.vsphere;

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
    SoapSession session = new SoapSession(soap);
    boolean opened = false;
    try {
      InventorySession inventory = open(session, tenant);
      opened = true;
      return inventory;
    } catch (IOException e) {
      throw failures.of(e, tenant.username());
    } finally {
      if (!opened) {
        session.close();
      }
    }
  }

  /** Asks who the server is before it is told a password. */
  private InventorySession open(SoapSession session, Tenant tenant)
      throws IOException, InventoryException, InterruptedException {
    VimClient vim = new VimClient(session);
    Vcenter vcenter = vim.vcenter();
    String instanceUuid =
        vcenter.instanceUuid().orElseThrow(() -> failures.notAVCenter(vcenter.version()));
    session.login(vcenter.sessionManager(), tenant);
    InventoryReader reader = new InventoryReader(vim, vcenter, instanceUuid, settings.pageSize());
    return new VsphereSession(
        session, reader, failures, tenant.username(), settings.pollInterval());
  }

  @Override
  public String toString() {
    return "vCenter " + settings.server();
  }
}
