package io.vminventory.vsphere;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Factory of providers that read VMware vCenter.
 *
 * <p>Settings: {@code host} (a host, host:port or https URL; required), {@code ca-file} (PEM),
 * {@code thumbprint} (SHA-256; then exactly this certificate is trusted) or {@code insecure=true},
 * at most one of the three; {@code connect-timeout} (10s), {@code silence-timeout} (20s), {@code
 * request-timeout} (60s), {@code max-wait} (15s), {@code page-size} (500), {@code max-sessions}
 * (1000), {@code max-logins-per-second} (20), {@code max-reads} (8), {@code max-answer-mb} (64).
 */
public final class VsphereProviderFactory implements InventoryProviderFactory {

  private static final Logger LOG = LoggerFactory.getLogger(VsphereProviderFactory.class);

  @Override
  public String name() {
    return "vsphere";
  }

  @Override
  public InventoryProvider create(ProviderSettings settings) throws InventoryException {
    VsphereSettings checked = VsphereSettings.of(settings);
    if (!checked.isVerified()) {
      LOG.warn(
          "server '{}' ({}) is not verified: an attacker on the network path can read passwords;"
              + " set ca-file or thumbprint instead",
          settings.server(),
          checked.endpoint());
    }
    return new VsphereProvider(checked);
  }
}
