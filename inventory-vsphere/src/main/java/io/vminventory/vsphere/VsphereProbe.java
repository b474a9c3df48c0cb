package io.vminventory.vsphere;

import io.vminventory.api.CheckResult;
import io.vminventory.api.InventoryException;
import io.vminventory.api.server.CertificateRecorder;
import io.vminventory.api.server.ServerTimeouts;
import io.vminventory.api.server.ServerTrust;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Probe of one vCenter by the one call that needs no login. It checks the certificate as a session
 * would, but goes on if it is refused, since it sends nothing secret. Used once, by one thread.
 */
final class VsphereProbe {

  private static final String CONNECTION = "connection";
  private static final String SERVICE = "service";
  private static final String NO_RESPONSE = "the server did not answer";

  private final VsphereSettings settings;
  private final InstantSource clock;
  private final CertificateRecorder recorder;

  VsphereProbe(VsphereSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.recorder = new CertificateRecorder(settings.trust());
  }

  /** Checks everything, in the order in which a session depends on it. */
  List<CheckResult> probe(Duration atMost) throws InterruptedException {
    ServerTimeouts timeouts = settings.timeouts().atMost(atMost);
    Failures failures = new Failures(settings.server(), timeouts);
    List<CheckResult> api = new ArrayList<>();
    try (SoapClient soap = new SoapClient(settings.soap(recorder.sslContext(), timeouts));
        Exchange exchange = soap.send(VimClient.serviceContent(), "", atMost)) {
      Optional<String> date = exchange.header("Date");
      CheckResult time = ProbeResults.clock(date, clock.instant());
      api.add(service(exchange, failures));
      api.add(time);
    } catch (IOException e) {
      InventoryException failure = failures.of(e, "");
      if (recorder.recorded().isEmpty()) {
        return List.of(
            CheckResult.failed(CONNECTION, failure),
            certificate(failures),
            skipped(SERVICE),
            skipped(ProbeResults.CLOCK));
      }
      api.add(CheckResult.failed(SERVICE, failure));
      api.add(skipped(ProbeResults.CLOCK));
    }
    List<CheckResult> all = new ArrayList<>();
    all.add(CheckResult.ok(CONNECTION, settings.server() + " answers"));
    all.add(certificate(failures));
    all.addAll(api);
    return all;
  }

  private static CheckResult skipped(String subject) {
    return CheckResult.skipped(subject, NO_RESPONSE);
  }

  private static CheckResult service(Exchange exchange, Failures failures)
      throws InterruptedException {
    AtomicReference<@Nullable Vcenter> found = new AtomicReference<>();
    try {
      exchange.read(
          response ->
              response.children(
                  part -> {
                    if (part.name().equals("returnval")) {
                      found.set(Vcenter.of(part));
                    }
                  }));
    } catch (IOException e) {
      return CheckResult.failed(SERVICE, failures.of(e, ""));
    }
    Vcenter vcenter = found.get();
    if (vcenter == null || vcenter.instanceUuid().isEmpty()) {
      String version = vcenter == null ? "" : vcenter.version();
      return CheckResult.failed(SERVICE, failures.notVcenter(version));
    }
    return CheckResult.ok(SERVICE, vcenter.version());
  }

  private CheckResult certificate(Failures failures) {
    if (settings.isPlainHttp()) {
      return ProbeResults.plain();
    }
    Optional<CertificateRecorder.Recorded> recorded = recorder.recorded();
    if (recorded.isEmpty()) {
      return skipped(ProbeResults.CERTIFICATE);
    }
    return recorded
        .get()
        .refusal()
        .map(
            refusal ->
                ProbeResults.refused(
                    failures.of(new IOException(refusal), ""), recorded.get().chain().get(0)))
        .orElseGet(() -> accepted(recorded.get()));
  }

  private CheckResult accepted(CertificateRecorder.Recorded recorded) {
    return settings.isVerified()
        ? ProbeResults.trusted(recorded.chain(), clock.instant())
        : ProbeResults.unverified(ServerTrust.thumbprint(recorded.chain().get(0)));
  }
}
