package io.vminventory.vsphere;

import io.vminventory.api.CheckResult;
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
 * Looks at one vCenter by the one call that takes no login. The certificate is judged as always,
 * but one that is refused does not end the look, since nothing secret is sent. Used once, by one
 * thread.
 */
final class VsphereProbe {

  private static final String CONNECTION = "connection";
  private static final String SERVICE = "service";
  private static final String UNANSWERED = "the server did not answer";

  private final VsphereSettings settings;
  private final InstantSource clock;
  private final CertificateRecorder recorder;

  VsphereProbe(VsphereSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.recorder = new CertificateRecorder(settings.trust());
  }

  /** Everything about the server, in the order in which it is needed. */
  List<CheckResult> probe(Duration atMost) throws InterruptedException {
    ServerTimeouts timeouts = settings.timeouts().atMost(atMost);
    Failures failures = new Failures(settings.server(), timeouts);
    SoapClient soap = new SoapClient(settings.soap(recorder.sslContext(), timeouts));
    List<CheckResult> told = new ArrayList<>();
    try (Exchange exchange = soap.send(VimClient.serviceContent(), "", atMost)) {
      Optional<String> date = exchange.header("Date");
      CheckResult time = ProbeResults.clock(date, clock.instant());
      told.add(service(exchange, failures));
      told.add(time);
    } catch (IOException e) {
      String message = failures.of(e, "").getMessage();
      if (recorder.recorded().isEmpty()) {
        return List.of(
            CheckResult.failed(CONNECTION, message),
            certificate(failures),
            skipped(SERVICE),
            skipped(ProbeResults.CLOCK));
      }
      told.add(CheckResult.failed(SERVICE, message));
      told.add(skipped(ProbeResults.CLOCK));
    }
    List<CheckResult> all = new ArrayList<>();
    all.add(CheckResult.ok(CONNECTION, settings.server() + " answers"));
    all.add(certificate(failures));
    all.addAll(told);
    return all;
  }

  private static CheckResult skipped(String subject) {
    return CheckResult.skipped(subject, UNANSWERED);
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
      return CheckResult.failed(SERVICE, failures.of(e, "").getMessage());
    }
    Vcenter vcenter = found.get();
    if (vcenter == null || vcenter.instanceUuid().isEmpty()) {
      String version = vcenter == null ? "" : vcenter.version();
      return CheckResult.failed(SERVICE, failures.notAVCenter(version).getMessage());
    }
    return CheckResult.ok(SERVICE, vcenter.version());
  }

  private CheckResult certificate(Failures failures) {
    if (settings.isPlainHttp()) {
      return ProbeResults.plain();
    }
    Optional<CertificateRecorder.Recorded> seen = recorder.recorded();
    if (seen.isEmpty()) {
      return skipped(ProbeResults.CERTIFICATE);
    }
    return seen.get()
        .refusal()
        .map(
            refusal ->
                ProbeResults.refused(
                    failures.of(new IOException(refusal), "").getMessage(),
                    seen.get().chain().get(0)))
        .orElseGet(() -> accepted(seen.get()));
  }

  private CheckResult accepted(CertificateRecorder.Recorded seen) {
    return settings.isVerified()
        ? ProbeResults.believed(seen.chain(), clock.instant())
        : ProbeResults.unverified(ServerTrust.thumbprint(seen.chain().get(0)));
  }
}
