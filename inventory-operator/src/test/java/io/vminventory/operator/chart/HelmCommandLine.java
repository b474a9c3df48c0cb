package io.vminventory.operator.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Runs a {@code helm} command of a page with Helm's engine, so that tests need no {@code helm}. It
 * supports only the options used by our pages.
 *
 * @param root base of relative paths
 * @param kubeconfig the cluster
 */
record HelmCommandLine(Path root, Path kubeconfig) {

  String run(String command) {
    Deque<String> words = new ArrayDeque<>(Arrays.asList(command.split(" ", -1)));
    words.removeFirst();
    String verb = words.removeFirst();
    return switch (verb) {
      case "install" -> install(words.removeFirst(), chart(words), words);
      case "upgrade" -> upgrade(words.removeFirst(), chart(words), words);
      case "uninstall" -> uninstall(words.removeFirst(), words);
      default -> throw new IllegalArgumentException(command);
    };
  }

  private Helm chart(Deque<String> words) {
    return new Helm(root.resolve(words.removeFirst()));
  }

  private String install(String name, Helm chart, Deque<String> options) {
    InstallCommand install = chart.install().withName(name).withKubeConfig(kubeconfig);
    while (!options.isEmpty()) {
      String option = options.removeFirst();
      switch (option) {
        case "--namespace" -> install.withNamespace(options.removeFirst());
        case "--create-namespace" -> install.createNamespace();
        case "--set" -> {
          List<String> value = pair(options.removeFirst());
          install.set(value.get(0), value.get(1));
        }
        case "--set-file" -> {
          List<String> value = pair(options.removeFirst());
          install.setFile(value.get(0), Path.of(value.get(1)));
        }
        default -> throw new IllegalArgumentException(option);
      }
    }
    return install.call().getOutput();
  }

  private String upgrade(String name, Helm chart, Deque<String> options) {
    UpgradeCommand upgrade = chart.upgrade().withName(name).withKubeConfig(kubeconfig);
    while (!options.isEmpty()) {
      String option = options.removeFirst();
      switch (option) {
        case "--namespace" -> upgrade.withNamespace(options.removeFirst());
        case "--reset-then-reuse-values" -> upgrade.resetThenReuseValues();
        case "--set" -> {
          List<String> value = pair(options.removeFirst());
          upgrade.set(value.get(0), value.get(1));
        }
        default -> throw new IllegalArgumentException(option);
      }
    }
    return upgrade.call().getOutput();
  }

  private String uninstall(String name, Deque<String> options) {
    if (!options.removeFirst().equals("--namespace")) {
      throw new IllegalArgumentException(name);
    }
    return Helm.uninstall(name)
        .withNamespace(options.removeFirst())
        .withKubeConfig(kubeconfig)
        .call();
  }

  private static List<String> pair(String setting) {
    return List.of(setting.split("=", 2));
  }
}
