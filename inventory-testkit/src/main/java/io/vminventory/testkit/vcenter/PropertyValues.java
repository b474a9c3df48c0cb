package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Property values read of one object.
 *
 * @param set the values by path; unset paths are left out
 * @param missing the unreadable paths
 * @param reason the name of the fault that makes them unreadable
 */
record PropertyValues(Map<String, Value> set, List<String> missing, String reason) {

  static final PropertyValues NONE = new PropertyValues(Map.of(), List.of(), "NoPermission");

  /** Reads some paths of an object. */
  static PropertyValues read(ManagedObject object, List<PropertyPath> paths, Scope scope) {
    Map<String, @Nullable Value> heads = new HashMap<>();
    Map<String, Value> set = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (PropertyPath path : paths) {
      if (!scope.reads(object, path.text())) {
        missing.add(path.text());
        continue;
      }
      if (!heads.containsKey(path.head())) {
        heads.put(path.head(), object.property(path.head(), scope));
      }
      Value value = path.follow(heads.get(path.head()));
      if (value != null) {
        set.put(path.text(), value);
      }
    }
    return new PropertyValues(set, missing, "NoPermission");
  }

  /** All paths unreadable, as without a session. */
  static PropertyValues unauthenticated(List<PropertyPath> paths) {
    return new PropertyValues(
        Map.of(), paths.stream().map(PropertyPath::text).toList(), "NotAuthenticated");
  }

  /** The changed values; {@code null} for paths that are no longer set. */
  Map<String, @Nullable Value> changesSince(PropertyValues earlier) {
    Map<String, @Nullable Value> changes = new LinkedHashMap<>();
    set.forEach(
        (path, value) -> {
          if (!value.equals(earlier.set.get(path))) {
            changes.put(path, value);
          }
        });
    for (String path : earlier.set.keySet()) {
      if (!set.containsKey(path) && !missing.contains(path)) {
        changes.put(path, null);
      }
    }
    return changes;
  }

  /** Writes an {@code ObjectContent}. */
  void write(XmlWriter out, String element, MoRef object) {
    out.open(element).ref("obj", object);
    set.forEach(
        (path, value) ->
            out.open("propSet").element("name", path).any("val", value).close("propSet"));
    writeMissing(out, object);
    out.close(element);
  }

  /** Writes the unreadable paths with their fault. */
  void writeMissing(XmlWriter out, MoRef object) {
    for (String path : missing) {
      out.open("missingSet").element("path", path).open("fault");
      out.any("fault", SoapFault.permissionDetail(reason, object, "System.Read"));
      out.element("localizedMessage", "A property cannot be read: " + reason);
      out.close("fault").close("missingSet");
    }
  }
}
