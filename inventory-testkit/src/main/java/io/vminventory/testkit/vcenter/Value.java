package io.vminventory.testkit.vcenter;

import java.time.Instant;
import java.util.List;

/** A property's value as it goes onto the wire. An unset property is {@code null}. */
sealed interface Value permits Value.Simple, Value.Many, Ref, Data {

  /** The type as {@code xsi:type} names it. */
  String type();

  /** A text, a number, a flag, a time or the constant of an enumeration. */
  record Simple(String type, String text) implements Value {}

  /** An array; its elements are all of {@code elementType} or a type derived from it. */
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

  static Value refs(List<Ref> refs) {
    return new Many("ManagedObjectReference", List.copyOf(refs));
  }
}
