package io.vminventory.operator.kube;

import io.fabric8.kubernetes.client.Config;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the Kubernetes API is reached: as kubectl would reach it. */
public final class ClientConfig {

  private static final Pattern PLACE = Pattern.compile("line:? (\\d+), column:? \\d+");

  private ClientConfig() {}

  /**
   * Reads the kubeconfig files that KUBECONFIG names, or {@code ~/.kube/config}; without one, what
   * a Pod finds of its cluster.
   *
   * @throws InventoryException if there is a kubeconfig that cannot be understood; tells nothing of
   *     its contents, which are secret
   */
  public static Config find() throws InventoryException {
    return find(() -> Config.autoConfigure(null));
  }

  /**
   * @param reader reads the files
   */
  static Config find(Supplier<Config> reader) throws InventoryException {
    try {
      return reader.get();
    } catch (RuntimeException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          "the kubeconfig %s cannot be understood%s; check it with 'kubectl config view', or set KUBECONFIG to another"
              .formatted(String.join(", ", Config.getKubeconfigFilenames()), place(e)));
    }
  }

  /** Where the mistake is, as far as the parser says; what is there is not repeated. */
  private static String place(RuntimeException e) {
    Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
    String last = "";
    while (place.find()) {
      last = " (line " + place.group(1) + ")";
    }
    return last;
  }
}
