package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Javadoc of public types and members: present and in plain words. Doclint checks the rest. */
@Tag("pure")
class PublicJavadocTest {

  static Stream<String> modules() {
    return Modules.LIBRARIES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyPublicTypeAndItsPackageHaveAComment(String module) throws IOException {
    Comments comments = comments(Path.of("..", module, "src", "main", "java"));
    assertThat(comments.publicTypes).isPositive();
    assertThat(comments.lacking).as("without a comment").isEmpty();
    assertThat(comments.described).containsAll(comments.packages);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void commentsUsePlainWords(String module) throws IOException {
    Comments comments = comments(Path.of("..", module, "src", "main", "java"));
    assertThat(comments.texts).isNotEmpty();
    assertThat(comments.texts.stream().flatMap(text -> PlainWords.rejected(text).stream()))
        .isEmpty();
  }

  private static Comments comments(Path sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> walk = Files.walk(sources);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> java = walk.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(java));
      Comments comments = new Comments(DocTrees.instance(task));
      comments.scan(task.parse(), null);
      return comments;
    }
  }

  /** Comments of packages, of public types and of their public members, in parsed sources. */
  private static final class Comments extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final DocTrees trees;
    private final Set<String> lacking = new TreeSet<>();
    private final Set<String> packages = new TreeSet<>();
    private final Set<String> described = new TreeSet<>();
    private final List<String> texts = new ArrayList<>();
    private int publicTypes;

    Comments(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, @Nullable Void none) {
      if (noteComment()) {
        described.add(tree.getPackageName().toString());
      }
      return super.visitPackage(tree, null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
      if (!isPublic(tree.getModifiers())) {
        return null;
      }
      String inPackage = "" + getCurrentPath().getCompilationUnit().getPackageName();
      publicTypes++;
      packages.add(inPackage);
      if (!noteComment()) {
        lacking.add(inPackage + "." + tree.getSimpleName());
      }
      return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
      if (isPublic(tree.getModifiers())) {
        noteComment();
      }
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void none) {
      if (isPublic(tree.getModifiers())) {
        noteComment();
      }
      return null;
    }

    private boolean isPublic(ModifiersTree tree) {
      Set<Modifier> modifiers = tree.getFlags();
      TreePath parent = getCurrentPath().getParentPath();
      return modifiers.contains(Modifier.PUBLIC)
          || modifiers.contains(Modifier.PROTECTED)
          || parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    /** Notes the comment of the current element, if there is one. */
    private boolean noteComment() {
      String text = trees.getDocComment(getCurrentPath());
      if (text != null) {
        texts.add(text);
      }
      return text != null;
    }
  }
}
