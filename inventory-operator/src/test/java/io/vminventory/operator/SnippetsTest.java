package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java snippets of the pages compile, together with the names they presuppose. */
@Tag("slow")
class SnippetsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path GUIDE = ROOT.resolve("docs/write-a-provider.md");
  private static final Path EXAMPLE = ROOT.resolve("examples/ledger-provider");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern XML = Pattern.compile("(?ms)^```xml\n(.*?)^```$");

  /** Names that snippets use without declaring them. */
  private static final String PRESUPPOSED =
      """
      FakeProvider provider;
      Tenant tenant;
      Inventory inventory;
      KubernetesClient client;
      RecordFormat<?, ?> format;
      VcenterSimulator vcenter;
      long seed;
      void connect(String host, int port) {}
      """;

  private static final String IMPORTS =
      Stream.of(
              "io.vminventory.api.*",
              "io.vminventory.k8s.*",
              "io.vminventory.k8s.sink.*",
              "io.vminventory.testkit.*",
              "io.vminventory.testkit.contract.*",
              "io.vminventory.testkit.fake.*",
              "io.vminventory.testkit.junit.*",
              "io.vminventory.testkit.kubernetes.*",
              "io.vminventory.testkit.relay.*",
              "io.vminventory.testkit.tls.*",
              "io.vminventory.testkit.vcenter.*",
              "io.vminventory.testkit.changes.*",
              "io.vminventory.vsphere.*",
              "io.fabric8.kubernetes.client.KubernetesClient",
              "java.time.*",
              "java.util.*",
              "java.util.concurrent.atomic.*",
              "java.util.stream.*",
              "org.junit.jupiter.api.Test",
              "org.junit.jupiter.api.extension.ExtendWith",
              "static org.assertj.core.api.Assertions.*")
          .map(name -> "import " + name + ";\n")
          .reduce("", String::concat);

  @Test
  void everySnippetCompiles(@TempDir Path classes) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Path page : files("docs", ".md")) {
      if (page.equals(GUIDE)) {
        continue;
      }
      for (String block : blocks(page)) {
        String name = "Snippet" + sources.size();
        sources.add(source(name, wrapped(name, block)));
      }
    }
    for (Path program : files("docs/snippets", ".java")) {
      String name = program.getFileName().toString().replace(".java", "");
      sources.add(source(name, Files.readString(program)));
    }
    assertThat(sources).hasSizeGreaterThan(10);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-d", classes.toString(), "-proc:none");
    boolean accepted = compiler.getTask(messages, null, null, options, null, sources).call();
    assertThat(accepted).as(messages.toString()).isTrue();
  }

  @Test
  void readmeShowsPartOfTheProgramItNames() throws IOException {
    String program = Files.readString(ROOT.resolve("docs/snippets/ReadInventory.java"));
    assertThat(blocks(ROOT.resolve("README.md")))
        .singleElement()
        .satisfies(block -> assertThat(program).contains(block.indent(4)));
  }

  /** The example is compiled and tested by its own build. */
  @Test
  void guideShowsPartsOfTheExample() throws IOException {
    StringBuilder example = new StringBuilder(Files.readString(EXAMPLE.resolve("pom.xml")));
    try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src"))) {
      for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
        example.append(Files.readString(source));
      }
    }
    assertThat(blocks(GUIDE))
        .hasSizeGreaterThan(5)
        .allSatisfy(b -> assertThat(example).contains(b));
    assertThat(blocks(GUIDE, XML)).isNotEmpty().allSatisfy(b -> assertThat(example).contains(b));
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<String> blocks(Path page) throws IOException {
    return blocks(page, BLOCK);
  }

  private static List<String> blocks(Path page, Pattern kind) throws IOException {
    Matcher block = kind.matcher(Files.readString(page));
    return block.results().map(result -> result.group(1)).toList();
  }

  /** A class of that name around the statements, or around the class, of a block. */
  private static String wrapped(String name, String block) {
    String body =
        block.startsWith("class ")
            ? "static " + block
            : "void run() throws Exception {\n" + block + "}\n";
    return IMPORTS + "class " + name + " {\n" + PRESUPPOSED + body + "}\n";
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
