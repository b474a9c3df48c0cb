package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Data object: named fields in the order of its type's schema. Filled by one thread, then shared
 * and never changed again.
 */
final class DataObject implements Value {

  private final String type;
  private final boolean derived;
  private final List<String> names = new ArrayList<>();
  private final List<@Nullable Value> values = new ArrayList<>();

  private DataObject(String type, boolean derived) {
    this.type = type;
    this.derived = derived;
  }

  static DataObject of(String type) {
    return new DataObject(type, false);
  }

  /** A data object where a base type is declared, so it names its own type. */
  static DataObject derived(String type) {
    return new DataObject(type, true);
  }

  /** Adds a field; {@code null} is an unset field. */
  DataObject with(String name, @Nullable Value value) {
    names.add(name);
    values.add(value);
    return this;
  }

  DataObject with(String name, String value) {
    return with(name, Value.text(value));
  }

  DataObject with(String name, int value) {
    return with(name, Value.number(value));
  }

  DataObject with(String name, boolean value) {
    return with(name, Value.flag(value));
  }

  @Override
  public String type() {
    return type;
  }

  boolean isDerived() {
    return derived;
  }

  boolean has(String name) {
    return names.contains(name);
  }

  @Nullable Value get(String name) {
    int index = names.indexOf(name);
    return index < 0 ? null : values.get(index);
  }

  int size() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }

  @Nullable Value value(int index) {
    return values.get(index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataObject that
        && type.equals(that.type)
        && names.equals(that.names)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, names, values);
  }

  @Override
  public String toString() {
    return type + names + values;
  }
}
