package io.vminventory.operator;

import io.vminventory.testkit.relay.FaultRelay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists the classes that the delivered jar loads from its start until a tenant is up to date. Java
 * makes an archive of them with {@code -Xshare:dump} and starts faster with it.
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
      OperatorBench bench = new OperatorBench(peers);
      bench.register(TENANT);
      Process operator =
          new OperatorJar(peers, directory).start(List.of(flag), apiServer, vcenter, "log");
      try {
        bench.awaitUpToDate(TENANT);
        OperatorJar.end(operator);
      } finally {
        operator.destroyForcibly();
      }
    } finally {
      peers.close();
    }
  }

  /** Newer versions list constants as well, on which Java 17 gives the whole list up. */
  private static boolean isReadByJava17(String line) {
    return !line.startsWith("@cp ");
  }
}
