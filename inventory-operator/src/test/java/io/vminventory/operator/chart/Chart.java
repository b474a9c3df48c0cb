package io.vminventory.operator.chart;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart of {@code deploy/helm}, rendered by Helm's own engine. */
public final class Chart {

  static final Path FOLDER = Path.of("deploy", "helm", "vminventory");

  /** Version of Kubernetes to render for, since rendering contacts no cluster. */
  private static final String KUBERNETES = "1.29.0";

  private static final Path VALUES = Path.of("src", "test", "resources", "chart");
  private static final Pattern SOURCE =
      Pattern.compile("(?m)^# Source: vminventory/templates/(.*)\\R");

  /**
   * Rendered object of the chart.
   *
   * @param template its file, such as {@code deployment.yaml}
   * @param text its YAML, comments included
   */
  public record Manifest(String template, String text, HasMetadata object) {}

  private Chart() {}

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /** One of the values files of the tests. */
  static Path values(String name) {
    return VALUES.resolve(name + ".yaml");
  }

  /**
   * Renders the release {@code vminventory} in the namespace of that name.
   *
   * @throws IllegalStateException with Helm's message if it rejects the values
   */
  static List<Manifest> render(Path values) {
    return render("vminventory", "vminventory", values);
  }

  /** Renders the same release with values given as YAML. */
  static List<Manifest> render(String values) {
    return render("vminventory", "vminventory", values);
  }

  /** Renders the objects that Helm would install, with values given as YAML. */
  public static List<Manifest> render(String release, String namespace, String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        return render(release, namespace, Files.writeString(file, values));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Manifest> render(String release, String namespace, Path values) {
    String rendered =
        helm()
            .template()
            .withName(release)
            .withNamespace(namespace)
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values)
            .call();
    KubernetesSerialization yaml = new KubernetesSerialization();
    List<Manifest> manifests = new ArrayList<>();
    for (String document : rendered.split("(?m)^---\\s*$", -1)) {
      Matcher source = SOURCE.matcher(document);
      if (source.find()) {
        String text = document.substring(source.end()).strip() + "\n";
        HasMetadata object = yaml.unmarshal(text);
        manifests.add(new Manifest(source.group(1), text, object));
      }
    }
    return manifests;
  }
}
