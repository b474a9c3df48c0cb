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

/**
 * The Java snippets of the pages compile with the imports they show and a few presupposed names.
 */
@Tag("slow")
class SnippetsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path GUIDE = ROOT.resolve("docs/write-a-provider.md");
  private static final Path EXAMPLE = ROOT.resolve("examples/ledger-provider");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern XML = Pattern.compile("(?ms)^```xml\n(.*?)^```$");

  private static final Pattern BEGINNING = Pattern.compile("(?s)((?:import [^\n]+\n|\n)*)(.*)");

  /** Names that snippets use without declaring them. */
  private static final String PRESUPPOSED =
      """
      io.vminventory.testkit.fake.FakeProvider provider;
      io.vminventory.api.Tenant tenant;
      io.vminventory.api.Inventory inventory;
      io.fabric8.kubernetes.client.KubernetesClient client;
      io.vminventory.k8s.sink.RecordFormat<?, ?> format;
      io.vminventory.testkit.vcenter.VcenterSimulator vcenter;
      long seed;
      void connect(String host, int port) {}
      """;

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
  void guideShowsPartsOfTheExampleAndASnippet() throws IOException {
    StringBuilder shown = new StringBuilder(Files.readString(EXAMPLE.resolve("pom.xml")));
    shown.append(Files.readString(ROOT.resolve("docs/snippets/MyPlatform.java")));
    try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src"))) {
      for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
        shown.append(Files.readString(source));
      }
    }
    assertThat(blocks(GUIDE)).hasSizeGreaterThan(5).allSatisfy(b -> assertThat(shown).contains(b));
    assertThat(blocks(GUIDE, XML)).isNotEmpty().allSatisfy(b -> assertThat(shown).contains(b));
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

  /** A class of that name, with the imports of a block, around its statements or its class. */
  private static String wrapped(String name, String block) {
    Matcher parts = BEGINNING.matcher(block);
    assertThat(parts.matches()).isTrue();
    String code = parts.group(2);
    String body =
        Pattern.compile("(?m)^(final )?class ").matcher(code).find()
            ? "static " + code
            : "void run() throws Exception {\n" + code + "}\n";
    return parts.group(1) + "class " + name + " {\n" + PRESUPPOSED + body + "}\n";
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
