package io.vminventory.operator;

import io.vminventory.testkit.relay.FaultRelay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * List of the classes that the delivered jar loads from its start until a tenant is up to date.
 * Java turns it into an archive with {@code -Xshare:dump}, which shortens the start.
 */
final class ClassList {

  private static final String TENANT = "test";

  private ClassList() {}

  /**
   * Writes the list.
   *
   * @param arguments the file
   */
  public static void main(String... arguments) throws Exception {
    Path list = Path.of(arguments[0]).toAbsolutePath();
    Path directory = Files.createDirectories(list.resolveSibling("class-list"));
    Path all = directory.resolve("all");
    run(directory, "-XX:DumpLoadedClassList=" + all);
    try (Stream<String> lines = Files.lines(all)) {
      Files.write(list, lines.filter(ClassList::isReadByJava17).toList());
    }
  }

  private static void run(Path directory, String flag) throws Exception {
    EmbeddedPeers peers = new EmbeddedPeers();
    try (FaultRelay apiServer = peers.apiRelay();
        FaultRelay vcenter = peers.vcenterRelay()) {
      OperatorFixture fixture = new OperatorFixture(peers);
      fixture.register(TENANT);
      Process operator =
          new OperatorJar(peers, directory).start(List.of(flag), apiServer, vcenter, "log");
      try {
        fixture.awaitUpToDate(TENANT);
        OperatorJar.end(operator);
      } finally {
        operator.destroyForcibly();
      }
    } finally {
      peers.close();
    }
  }

  /** Newer versions also list constants, and Java 17 rejects such a list. */
  private static boolean isReadByJava17(String line) {
    return !line.startsWith("@cp ");
  }
}
