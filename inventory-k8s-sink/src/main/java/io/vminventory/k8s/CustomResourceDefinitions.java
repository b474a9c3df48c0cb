package io.vminventory.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Custom resource definitions of this version, as YAML. */
public final class CustomResourceDefinitions {

  private CustomResourceDefinitions() {}

  /** The definition of {@link TenantResource}. */
  public static String tenants() {
    return read("tenants.vminventory.io.yaml");
  }

  /** The definition of {@link VmResource}. */
  public static String vms() {
    return read("vms.vminventory.io.yaml");
  }

  /** All definitions, in the order to create them. */
  public static List<String> all() {
    return List.of(tenants(), vms());
  }

  private static String read(String name) {
    try (InputStream stream = CustomResourceDefinitions.class.getResourceAsStream("crds/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar of inventory-k8s-sink lacks crds/" + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read crds/" + name, e);
    }
  }
}
