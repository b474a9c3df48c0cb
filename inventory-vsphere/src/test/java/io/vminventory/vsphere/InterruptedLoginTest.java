package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.InventoryProvider;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptedLoginTest {

  @Test
  void sessionThatTheServerOpensAfterAnInterruptIsLoggedOut() throws Exception {
    try (VcenterSimulator vcenter = VcenterSimulator.builder().start()) {
      InventoryProvider provider =
          new VsphereProviderFactory()
              .create(
                  new ProviderSettings(
                      "lab",
                      Map.of(
                          "host", vcenter.url().toString(), "thumbprint", vcenter.thumbprint())));
      vcenter.faults().next("Login", SimulatedFault.delay(Duration.ofMillis(500)));
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread opener =
          new Thread(
              () -> {
                try {
                  provider
                      .open(
                          new Tenant(new TenantId("ns", "t"), "user", Secret.of("pass"), "target"))
                      .close();
                  outcome.complete(new AssertionError("opened"));
                } catch (Throwable thrown) {
                  outcome.complete(thrown);
                }
              },
              "opener");
      opener.start();
      Eventually.within(Duration.ofSeconds(10)).until(() -> vcenter.faults().held() == 1);
      opener.interrupt();

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      assertThat(vcenter.requests("Logout")).isEqualTo(1);
      assertThat(vcenter.sessions()).isEmpty();
    }
  }
}
