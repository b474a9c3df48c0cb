package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code PropertyFilterSpec}: properties and objects to read. */
record FilterSpec(List<PropertySpec> properties, List<ObjectSpec> objects) {

  /** Properties of the objects of a type. */
  record PropertySpec(String type, boolean all, List<PropertyPath> paths) {}

  /** Start object, and traversals from it. */
  record ObjectSpec(MoRef object, boolean skip, List<TraversalSpec> traversals) {}

  /**
   * Property of the objects of a type that leads to other objects.
   *
   * @param next grows while the specifications are parsed, because they can refer to each other
   */
  record TraversalSpec(String type, PropertyPath path, boolean skip, List<TraversalSpec> next) {

    /** By identity, because specifications can form cycles. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Parses a {@code PropertyFilterSpec} and checks its paths. */
  static FilterSpec parse(XmlElement spec) throws SoapFault {
    List<PropertySpec> properties = new ArrayList<>();
    for (XmlElement element : spec.children("propSet")) {
      properties.add(propertySpec(element));
    }
    List<ObjectSpec> objects = new ArrayList<>();
    for (XmlElement element : spec.children("objectSet")) {
      objects.add(objectSpec(element));
    }
    if (properties.isEmpty() || objects.isEmpty()) {
      throw SoapFault.invalidArgument("specSet");
    }
    return new FilterSpec(properties, objects);
  }

  private static PropertySpec propertySpec(XmlElement element) throws SoapFault {
    String type = element.textOf("type").trim();
    List<PropertyPath> paths = new ArrayList<>();
    for (XmlElement child : element.children("pathSet")) {
      PropertyPath path = PropertyPath.of(child.text().trim());
      if (Schema.knows(type) && !Schema.hasPath(type, path)) {
        throw SoapFault.invalidProperty(path.text());
      }
      paths.add(path);
    }
    return new PropertySpec(type, element.flagOf("all"), paths);
  }

  private static ObjectSpec objectSpec(XmlElement element) throws SoapFault {
    MoRef start =
        element.child("obj").orElseThrow(() -> SoapFault.invalidArgument("objectSet.obj")).ref();
    List<XmlElement> selectSet = element.children("selectSet");
    Map<String, TraversalSpec> named = new HashMap<>();
    IdentityHashMap<XmlElement, TraversalSpec> created = new IdentityHashMap<>();
    create(selectSet, named, created);
    for (Map.Entry<XmlElement, TraversalSpec> each : created.entrySet()) {
      each.getValue().next().addAll(resolve(each.getKey().children("selectSet"), named, created));
    }
    return new ObjectSpec(start, element.flagOf("skip"), resolve(selectSet, named, created));
  }

  /** First pass: creates the specifications at every depth. */
  private static void create(
      List<XmlElement> selectSet,
      Map<String, TraversalSpec> named,
      IdentityHashMap<XmlElement, TraversalSpec> created) {
    for (XmlElement element : selectSet) {
      if (element.xsiType().equals("TraversalSpec")) {
        TraversalSpec spec =
            new TraversalSpec(
                element.textOf("type").trim(),
                PropertyPath.of(element.textOf("path").trim()),
                element.flagOf("skip"),
                new ArrayList<>());
        created.put(element, spec);
        named.put(element.textOf("name").trim(), spec);
        create(element.children("selectSet"), named, created);
      }
    }
  }

  /** Second pass: resolves the specifications that are nested or named here. */
  private static List<TraversalSpec> resolve(
      List<XmlElement> selectSet,
      Map<String, TraversalSpec> named,
      IdentityHashMap<XmlElement, TraversalSpec> created)
      throws SoapFault {
    List<TraversalSpec> found = new ArrayList<>();
    for (XmlElement element : selectSet) {
      TraversalSpec spec = created.get(element);
      if (spec == null) {
        spec = named.get(element.textOf("name").trim());
      }
      if (spec == null) {
        throw SoapFault.invalidArgument("selectSet.name");
      }
      found.add(spec);
    }
    return found;
  }

  /** The paths to read of an object of this type, without duplicates. */
  List<PropertyPath> pathsFor(String type) {
    Set<PropertyPath> paths = new LinkedHashSet<>();
    for (PropertySpec spec : properties) {
      if (Schema.isA(type, spec.type())) {
        if (spec.all()) {
          Schema.properties(type).forEach(name -> paths.add(PropertyPath.of(name)));
        }
        paths.addAll(spec.paths());
      }
    }
    return List.copyOf(paths);
  }

  /** Whether any property of objects of this type is selected. */
  boolean wants(String type) {
    return properties.stream().anyMatch(spec -> Schema.isA(type, spec.type()));
  }
}
