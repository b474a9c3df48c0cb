package io.vminventory.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProviderJarsTest {

  private static final String SERVICE =
      "META-INF/services/io.vminventory.api.InventoryProviderFactory";

  @TempDir private Path folder;
  @TempDir private Path work;

  @Test
  void theOperatorHasItsOwnProviders() throws InventoryException {
    assertThat(ProviderJars.find(null))
        .extracting(InventoryProviderFactory::name)
        .contains("vsphere");
  }

  @Test
  void jarsOfAFolderBringFurtherOnesAndTheirLibraries() throws Exception {
    compile("Library", "public class Library { public static String word() { return \"xen\"; } }");
    compile("Xen", factory("Xen", "Library.word()"));
    jar("xen.jar", "Xen", "Xen.class");
    jar("library.jar", "", "Library.class");
    Files.writeString(folder.resolve("readme.txt"), "no jar");
    assertThat(ProviderJars.find(folder))
        .extracting(InventoryProviderFactory::name)
        .contains("vsphere", "xen");
  }

  @Test
  void twoProvidersOfOneNameAreRejected() throws Exception {
    compile("Impostor", factory("Impostor", "\"vsphere\""));
    jar("impostor.jar", "Impostor", "Impostor.class");
    List<String> problems = new ArrayList<>();
    Servers.of(List.of(), ProviderJars.find(folder), problems);
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("provider 'vsphere' exists twice", "VsphereProviderFactory", "Impostor of")
        .contains("impostor.jar; remove one of them");
  }

  @Test
  void missingFolderIsReported() {
    assertRefused(folder.resolve("none"), "none' of --providers cannot be read");
  }

  @Test
  void providerThatCannotBeLoadedIsReported() throws Exception {
    jar("empty.jar", "NotThere");
    assertRefused(folder, "has a provider that cannot be loaded", "NotThere");
    compile("Gone", factory("Gone", "\"gone\""));
    byte[] unknownVersion = Files.readAllBytes(work.resolve("Gone.class"));
    unknownVersion[7] = (byte) 0xff;
    Files.write(work.resolve("Gone.class"), unknownVersion);
    jar("empty.jar", "Gone", "Gone.class");
    assertRefused(folder, "has a provider that cannot be loaded", "Gone");
  }

  @Test
  void fileThatIsNotAJarIsReported() throws IOException {
    Files.writeString(folder.resolve("half.jar"), "PK");
    assertRefused(folder, "half.jar' of --providers cannot be read");
  }

  private static void assertRefused(Path folder, String... words) {
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> ProviderJars.find(folder))
        .withMessageContainingAll(words)
        .extracting(InventoryException::failure)
        .isEqualTo(Failure.MISCONFIGURED);
  }

  private static String factory(String type, String name) {
    return """
        public class %s implements io.vminventory.api.InventoryProviderFactory {
          public String name() { return %s; }
          public io.vminventory.api.InventoryProvider create(
              io.vminventory.api.ProviderSettings settings) {
            throw new IllegalStateException();
          }
        }
        """
        .formatted(type, name);
  }

  private void compile(String type, String source) throws IOException {
    Path file = Files.writeString(work.resolve(type + ".java"), source);
    String classPath = System.getProperty("java.class.path");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    Stream.of("-proc:none", "-cp", classPath + ":" + work, "-d", work, file)
                        .map(Object::toString)
                        .toArray(String[]::new)))
        .isZero();
  }

  private void jar(String name, String factory, String... classes) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(SERVICE));
      jar.write(factory.getBytes(StandardCharsets.UTF_8));
      for (String type : classes) {
        jar.putNextEntry(new JarEntry(type));
        Files.copy(work.resolve(type), jar);
      }
    }
  }
}
