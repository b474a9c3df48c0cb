package io.vminventory.vsphere;

import io.vminventory.api.CheckResult;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ServerProbe;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Logs tenants in to one vCenter. Thread-safe; connections are shared, sessions are not. */
final class VsphereProvider implements InventoryProvider, ServerProbe {

  /** Directory accounts lock after a few wrong passwords within some minutes. */
  private static final Duration REST = Duration.ofMinutes(5);

  private final VsphereSettings settings;
  private final SoapClient soap;
  private final LogoutQueue logouts;
  private final Failures failures;
  private final ServerLimits limits;
  private final LoginBreaker breaker = new LoginBreaker(REST);

  VsphereProvider(VsphereSettings settings) {
    this.settings = settings;
    this.soap = new SoapClient(settings.soap());
    this.logouts = new LogoutQueue(soap);
    this.failures = new Failures(settings.server(), settings.timeouts());
    this.limits = new ServerLimits(settings.quota());
  }

  @Override
  public InventorySession open(Tenant tenant, SessionPurpose purpose)
      throws InventoryException, InterruptedException {
    if (!SoapRequest.canHold(tenant.username())
        || !SoapRequest.canHold(tenant.password().reveal())) {
      throw failures.unspeakable(tenant.username());
    }
    Optional<Duration> rest = breaker.resting(tenant);
    if (rest.isPresent()) {
      throw failures.resting(tenant.username(), rest.get());
    }
    if (!limits.tryAcquireSession()) {
      throw failures.tooManySessions(settings.quota().sessions());
    }
    SoapSession session = new SoapSession(soap, logouts, limits::releaseSession);
    boolean opened = false;
    try {
      limits.awaitLogin();
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
    login(session, vcenter, tenant);
    SessionObjects objects = SessionObjects.create(vim, vcenter, instanceUuid);
    return new VsphereSession(
        session,
        new InventoryReader(vim, objects, settings.pageSize()),
        known ->
            new UpdateStream(vim, objects, limits, known, settings.maxWait(), settings.pageSize()),
        limits,
        failures,
        tenant.username());
  }

  private void login(SoapSession session, Vcenter vcenter, Tenant tenant)
      throws IOException, InterruptedException {
    try {
      session.login(vcenter.sessionManager(), tenant);
    } catch (SoapFault fault) {
      if (fault.refusesTheAccount()) {
        breaker.refused(tenant);
      }
      throw fault;
    }
    logouts.catchUp();
  }

  @Override
  public List<CheckResult> probe(Duration atMost) throws InterruptedException {
    return new VsphereProbe(settings, InstantSource.system()).probe(atMost);
  }

  @Override
  public String toString() {
    return "vCenter " + settings.server();
  }
}
