package io.vminventory.operator.config;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Provider factories on the class path and in the jars of a folder. */
final class ProviderJars {

  private ProviderJars() {}

  /**
   * All factories. Classes of the operator take precedence over those of the jars, which stay open
   * for the life of the process.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} if the folder or one of its jars
   *     cannot be used
   */
  static List<InventoryProviderFactory> find(@Nullable Path folder) throws InventoryException {
    ClassLoader own = Objects.requireNonNull(ProviderJars.class.getClassLoader());
    if (folder == null) {
      return load(own, "the class path");
    }
    return load(
        new URLClassLoader("providers", jars(folder).toArray(URL[]::new), own), describe(folder));
  }

  private static List<URL> jars(Path folder) throws InventoryException {
    List<URL> jars = new ArrayList<>();
    Path at = folder;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
        at = file;
        // A class loader skips files that are not jars, and the provider would just be missing.
        new JarFile(file.toFile()).close();
        jars.add(file.toUri().toURL());
      }
    } catch (IOException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED, "'%s' of --providers cannot be read: %s".formatted(at, e), e);
    }
    return jars;
  }

  private static String describe(Path folder) {
    return "'" + folder + "' of --providers";
  }

  private static List<InventoryProviderFactory> load(ClassLoader loader, String where)
      throws InventoryException {
    List<InventoryProviderFactory> factories = new ArrayList<>();
    try {
      ServiceLoader.load(InventoryProviderFactory.class, loader).forEach(factories::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          where + " has a provider that cannot be loaded: " + e,
          "ask its author for a version that fits this operator",
          e);
    }
    return factories;
  }
}
