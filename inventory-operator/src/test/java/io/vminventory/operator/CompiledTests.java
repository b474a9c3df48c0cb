package io.vminventory.operator;

import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;

/** Compiled tests of this module and of the modules built before it, as pages reference them. */
final class CompiledTests implements AutoCloseable {

  static final Path DOCS = Path.of("..", "docs");

  private static final Pattern REFERENCE =
      Pattern.compile("`([A-Z]\\w+(?:Test|IT|Scenarios|Contract)\\.\\w+)`");

  private final List<Path> folders;
  private final URLClassLoader loader;

  CompiledTests() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      folders =
          modules
              .map(module -> module.resolve("target/test-classes"))
              .filter(Files::isDirectory)
              .toList();
    }
    URL[] urls = folders.stream().map(CompiledTests::url).toArray(URL[]::new);
    loader = new URLClassLoader(urls, CompiledTests.class.getClassLoader());
  }

  private static URL url(Path folder) {
    try {
      return folder.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** References of the form {@code `Class.method`} in a page. */
  static List<String> references(String page) {
    return REFERENCE.matcher(page).results().map(found -> found.group(1)).toList();
  }

  /** References to the tests that the class itself declares. */
  static Set<String> of(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> isAnnotated(method, Testable.class))
        .map(method -> type.getSimpleName() + "." + method.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a class of that simple name declares that test. */
  boolean contains(String reference) {
    String name = reference.substring(0, reference.indexOf('.'));
    return types(name).stream().anyMatch(type -> of(type).contains(reference));
  }

  private List<Class<?>> types(String simpleName) {
    List<Class<?>> types = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.endsWith(simpleName + ".class")).toList()) {
          String name = folder.relativize(file).toString().replace(".class", "");
          types.add(Class.forName(name.replaceAll("[/\\\\]", "."), false, loader));
        }
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(simpleName, e);
      }
    }
    return types;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
