package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@code PropertyFilterSpec}: which properties of which objects. */
record FilterSpec(List<PropertySpec> properties, List<ObjectSpec> objects) {

  /** Which properties of the objects of a type. */
  record PropertySpec(String type, boolean all, List<PropertyPath> paths) {}

  /** Where to start, and where to go on from there. */
  record ObjectSpec(Ref object, boolean skip, List<TraversalSpec> traversals) {}

  /**
   * Which property of the objects of a type leads to others.
   *
   * @param next grows while specifications are read, because they may refer to each other
   */
  record TraversalSpec(String type, PropertyPath path, boolean skip, List<TraversalSpec> next) {

    /** Specifications may form circles: only the same one is equal. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Reads an element of type {@code PropertyFilterSpec}, and checks its paths. */
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
    Ref start =
        element.child("obj").orElseThrow(() -> SoapFault.invalidArgument("objectSet.obj")).ref();
    List<XmlElement> selectSet = element.children("selectSet");
    Map<String, TraversalSpec> named = new HashMap<>();
    IdentityHashMap<XmlElement, TraversalSpec> made = new IdentityHashMap<>();
    make(selectSet, named, made);
    for (Map.Entry<XmlElement, TraversalSpec> each : made.entrySet()) {
      each.getValue().next().addAll(resolve(each.getKey().children("selectSet"), named, made));
    }
    return new ObjectSpec(start, element.flagOf("skip"), resolve(selectSet, named, made));
  }

  /** First pass: makes the specifications at every depth. */
  private static void make(
      List<XmlElement> selectSet,
      Map<String, TraversalSpec> named,
      IdentityHashMap<XmlElement, TraversalSpec> made) {
    for (XmlElement element : selectSet) {
      if (element.xsiType().equals("TraversalSpec")) {
        TraversalSpec spec =
            new TraversalSpec(
                element.textOf("type").trim(),
                PropertyPath.of(element.textOf("path").trim()),
                element.flagOf("skip"),
                new ArrayList<>());
        made.put(element, spec);
        named.put(element.textOf("name").trim(), spec);
        make(element.children("selectSet"), named, made);
      }
    }
  }

  /** Second pass: those that are here or are named here. */
  private static List<TraversalSpec> resolve(
      List<XmlElement> selectSet,
      Map<String, TraversalSpec> named,
      IdentityHashMap<XmlElement, TraversalSpec> made)
      throws SoapFault {
    List<TraversalSpec> found = new ArrayList<>();
    for (XmlElement element : selectSet) {
      TraversalSpec spec = made.get(element);
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

  /** The paths to read of an object of this type; each once. */
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

  /** Whether anything of objects of this type is asked for. */
  boolean wants(String type) {
    return properties.stream().anyMatch(spec -> Schema.isA(type, spec.type()));
  }
}
