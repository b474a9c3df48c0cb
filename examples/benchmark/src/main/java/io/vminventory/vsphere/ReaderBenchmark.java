package io.vminventory.vsphere;

import io.vminventory.api.Inventory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microbenchmarks of decoding a page of 500 machines and folding it into an inventory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReaderBenchmark {

  private static final SessionObjects SESSION =
      new SessionObjects(
          "uuid",
          "",
          ManagedObject.reference("Folder", "group-d1"),
          ManagedObject.reference("PropertyCollector", "collector"),
          ManagedObject.reference("ContainerView", "places"),
          ManagedObject.reference("ContainerView", "machines"));

  private final byte[] page =
      IntStream.range(0, 500)
          .mapToObj(ReaderBenchmark::machine)
          .collect(Collectors.joining("", "<page>", "</page>"))
          .getBytes(StandardCharsets.UTF_8);

  private final List<ObjectUpdate> updates = updates();

  private static String machine(int number) {
    return "<objects><obj type=\"VirtualMachine\">vm-%d</obj>".formatted(number)
        + property("name", "xsd:string", "web-" + number)
        + property("config.instanceUuid", "xsd:string", "5000-" + number)
        + property("config.uuid", "xsd:string", "4200-" + number)
        + property("config.template", "xsd:boolean", "false")
        + property("config.hardware.numCPU", "xsd:int", "4")
        + property("config.hardware.memoryMB", "xsd:int", "8192")
        + property("config.guestFullName", "xsd:string", "Ubuntu Linux (64-bit)")
        + property("guest.hostName", "xsd:string", "web-" + number)
        + property("guest.ipAddress", "xsd:string", "10.0.0." + number % 250)
        + property("runtime.powerState", "VirtualMachinePowerState", "poweredOn")
        + "</objects>";
  }

  private static String property(String name, String type, String value) {
    return ("<propSet><name>%s</name><val xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:type=\"%s\">%s</val></propSet>")
        .formatted(name, type, value);
  }

  private List<ObjectUpdate> updates() {
    try {
      return objects().stream()
          .map(object -> new ObjectUpdate(ObjectUpdate.Kind.ENTER, object))
          .toList();
    } catch (XMLStreamException | IOException e) {
      throw new IllegalStateException("cannot decode the page", e);
    }
  }

  private List<ManagedObject> objects() throws XMLStreamException, IOException {
    List<ManagedObject> objects = new ArrayList<>();
    new XmlWalker(new ByteArrayInputStream(page))
        .document(root -> root.children(part -> objects.add(ManagedObjectReader.read(part))));
    return objects;
  }

  /** Decodes bytes to managed objects. */
  @Benchmark
  public Object decode() throws XMLStreamException, IOException {
    return objects();
  }

  /** Decodes bytes to virtual machines, as a read does. */
  @Benchmark
  public Object decodeAndMap() throws XMLStreamException, IOException {
    MachineMapper mapper = new MachineMapper("uuid", new InventoryTree("group-d1", Map.of()));
    return objects().stream().map(mapper::map).toList();
  }

  /** Folds updates into changes. */
  @Benchmark
  public Object fold() throws IOException {
    InventoryFold fold = new InventoryFold(SESSION, Inventory.of("", List.of()));
    fold.reset();
    return List.of(fold.apply(updates), fold.changes());
  }
}
