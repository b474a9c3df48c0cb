package io.vminventory.k8s.sink;

/**
 * One field of a record that is to say something else.
 *
 * @param field its name, as in the record's status
 * @param from what it says, for a person; {@code none} if nothing
 * @param to what it should say, in the same form
 */
public record FieldChange(String field, String from, String to) {

  /** Such as {@code numCpu 2 -> 4}. */
  @Override
  public String toString() {
    return field + " " + from + " -> " + to;
  }
}
