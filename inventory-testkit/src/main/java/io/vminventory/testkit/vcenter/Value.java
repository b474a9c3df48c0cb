package io.vminventory.testkit.vcenter;

import java.time.Instant;
import java.util.List;

/** Value of a property. An unset property is {@code null}. */
sealed interface Value permits Value.Simple, Value.Many, MoRef, DataObject {

  /** The type, as in {@code xsi:type}. */
  String type();

  /** String, number, boolean, time or enumeration constant. */
  record Simple(String type, String text) implements Value {}

  /** Array of elements of {@code elementType} or a derived type. */
  record Many(String elementType, List<Value> elements) implements Value {

    public Many {
      elements = List.copyOf(elements);
    }

    @Override
    public String type() {
      return "ArrayOf" + Character.toUpperCase(elementType.charAt(0)) + elementType.substring(1);
    }
  }

  static Value text(String text) {
    return new Simple("xsd:string", text);
  }

  static Value number(int number) {
    return new Simple("xsd:int", Integer.toString(number));
  }

  static Value flag(boolean flag) {
    return new Simple("xsd:boolean", Boolean.toString(flag));
  }

  static Value time(Instant time) {
    return new Simple("xsd:dateTime", time.toString());
  }

  /** The constant of an enumeration. */
  static Value constant(String type, String constant) {
    return new Simple(type, constant);
  }

  static Value texts(List<String> texts) {
    return new Many("string", texts.stream().map(Value::text).toList());
  }

  static Value refs(List<MoRef> refs) {
    return new Many("ManagedObjectReference", List.copyOf(refs));
  }
}
