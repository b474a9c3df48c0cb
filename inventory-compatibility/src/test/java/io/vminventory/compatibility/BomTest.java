package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The BOM, which has no parent, says what the other POMs say. */
@Tag("pure")
class BomTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void hasEachModuleThatIsPublished() throws Exception {
    List<String> published = published();
    assertThat(published).contains("inventory-api", "inventory-vsphere");
    Element managed = child(child(pom("inventory-bom"), "dependencyManagement"), "dependencies");
    assertThat(children(managed))
        .allSatisfy(it -> assertThat(text(it, "groupId")).isEqualTo("io.vminventory"))
        .allSatisfy(it -> assertThat(text(it, "version")).isEqualTo("${project.version}"))
        .extracting(it -> text(it, "artifactId"))
        .containsExactlyElementsOf(published);
  }

  @Test
  void hasTheVersionAndTheDescriptionOfTheOthers() throws Exception {
    Element root = pom("");
    Element bom = pom("inventory-bom");
    for (String name :
        List.of("version", "url", "licenses", "developers", "scm", "issueManagement")) {
      assertThat(text(bom, name)).as(name).isEqualTo(text(root, name)).isNotBlank();
    }
    assertThat(text(child(bom, "properties"), "vminventory.home"))
        .isEqualTo(text(child(root, "properties"), "vminventory.home"));
  }

  @Test
  void eachModuleThatIsPublishedHasItsOwnNameAndDescription() throws Exception {
    List<String> names = new ArrayList<>();
    for (String module : published()) {
      assertThat(text(pom(module), "description")).as(module).isNotBlank();
      names.add(text(pom(module), "name"));
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  private static List<String> published() throws Exception {
    List<String> published = new ArrayList<>();
    for (Element module : children(child(pom(""), "modules"))) {
      String name = module.getTextContent();
      if (!name.equals("inventory-bom") && !keptBack(pom(name))) {
        published.add(name);
      }
    }
    return published;
  }

  private static boolean keptBack(Element pom) {
    return children(pom).stream()
        .filter(it -> it.getTagName().equals("properties"))
        .flatMap(it -> children(it).stream())
        .anyMatch(it -> it.getTagName().equals("maven.deploy.skip"));
  }

  private static Element pom(String module) throws Exception {
    Path file = ROOT.resolve(module).resolve("pom.xml");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(it -> it.getTagName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(parent.getTagName() + " lacks " + name));
  }

  private static String text(Element parent, String name) {
    return child(parent, name).getTextContent().replaceAll("\\s+", " ").strip();
  }
}
