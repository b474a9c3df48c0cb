package io.vminventory.compatibility;

import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The modules that others compile against, as they are on the class path. */
final class Modules {

  /** A class of each, by its artifact. */
  static final Map<String, Class<?>> LIBRARIES =
      Map.of(
          "inventory-api", InventoryProvider.class,
          "inventory-testkit", Eventually.class,
          "inventory-vsphere", VsphereProviderFactory.class,
          "inventory-k8s-sink", VmResource.class);

  /** Used by the build alone and not part of a jar, or shared by our modules and not API. */
  private static final List<String> NOT_API =
      List.of("io.vminventory.k8s.build.", "io.vminventory.k8s.internal.");

  private Modules() {}

  /** All types of the module, none of them initialised. */
  static List<Class<?>> types(String module) {
    Class<?> one = Objects.requireNonNull(LIBRARIES.get(module), module);
    List<Class<?>> types = new ArrayList<>();
    for (String name : names(one)) {
      try {
        types.add(Class.forName(name, false, one.getClassLoader()));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(name, e);
      }
    }
    return types;
  }

  private static List<String> names(Class<?> one) {
    try {
      Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return names(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return names(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the module of " + one, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of " + one, e);
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
          .filter(name -> NOT_API.stream().noneMatch(name::startsWith))
          .sorted()
          .toList();
    }
  }
}
