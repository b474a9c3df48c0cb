package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happens to a Tenant's records when the Tenant is deleted. The constants print as they are
 * written in YAML.
 */
public enum DeletionPolicy {
  /** The records are deleted too. */
  @JsonProperty("Delete")
  DELETE("Delete"),
  /** The records stay, without our labels. */
  @JsonProperty("Retain")
  RETAIN("Retain");

  private final String text;

  DeletionPolicy(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
