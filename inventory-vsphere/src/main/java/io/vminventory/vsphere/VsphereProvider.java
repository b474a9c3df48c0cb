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

/** Provider of the inventories of one vCenter. Thread-safe; sessions share its connections. */
final class VsphereProvider implements InventoryProvider, ServerProbe {

  /** Directory accounts lock after a few wrong passwords within some minutes. */
  private static final Duration LOGIN_COOLDOWN = Duration.ofMinutes(5);

  private final VsphereSettings settings;
  private final SoapClient soap;
  private final LogoutQueue logouts;
  private final Failures failures;
  private final ServerLimits limits;
  private final LoginBreaker breaker = new LoginBreaker(LOGIN_COOLDOWN);
  private volatile boolean closed;

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
    if (closed) {
      throw failures.closed();
    }
    if (!SoapRequest.isXmlText(tenant.username())
        || !SoapRequest.isXmlText(tenant.password().reveal())) {
      throw failures.unsendableAccount(tenant.username());
    }
    Optional<Duration> cooldown = breaker.cooldownLeft(tenant);
    if (cooldown.isPresent()) {
      throw failures.loginSuspended(tenant.username(), cooldown.get());
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

  /** Checks that the server is a vCenter before it gets a password. */
  private InventorySession open(SoapSession session, Tenant tenant)
      throws IOException, InventoryException, InterruptedException {
    VimClient vim = new VimClient(session);
    Vcenter vcenter = vim.vcenter();
    String instanceUuid =
        vcenter.instanceUuid().orElseThrow(() -> failures.notVcenter(vcenter.version()));
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
      if (fault.isAccountRefusal()) {
        breaker.recordRefusal(tenant);
      }
      throw fault;
    }
    logouts.retryPending();
  }

  @Override
  public List<CheckResult> probe(Duration atMost) throws InterruptedException {
    return new VsphereProbe(settings, InstantSource.system()).probe(atMost);
  }

  @Override
  public void close() {
    closed = true;
    logouts.close();
    soap.close();
  }

  @Override
  public String toString() {
    return "vCenter " + settings.server();
  }
}
