package io.vminventory.operator.kube;

import io.fabric8.kubernetes.client.Config;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configuration of the Kubernetes client, found as kubectl finds it. */
public final class ClientConfig {

  private static final Pattern POSITION = Pattern.compile("line:? (\\d+), column:? \\d+");

  private ClientConfig() {}

  /**
   * Reads the kubeconfig files that KUBECONFIG names, or {@code ~/.kube/config}; without one, what
   * a Pod finds of its cluster.
   *
   * @throws InventoryException if a kubeconfig cannot be parsed; the message holds nothing of its
   *     contents, which are secret
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
          "the kubeconfig %s cannot be parsed%s"
              .formatted(String.join(", ", Config.getKubeconfigFilenames()), position(e)),
          "check it with 'kubectl config view', or set KUBECONFIG to another");
    }
  }

  /** The line of the mistake, if the parser reports one; the text there may be secret. */
  private static String position(RuntimeException e) {
    Matcher matcher = POSITION.matcher(String.valueOf(e.getMessage()));
    String last = "";
    while (matcher.find()) {
      last = " (line " + matcher.group(1) + ")";
    }
    return last;
  }
}
