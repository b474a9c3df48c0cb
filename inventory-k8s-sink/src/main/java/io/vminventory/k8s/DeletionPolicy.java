package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What becomes of a Tenant's records when the Tenant is deleted. The constants print as they are
 * written in YAML.
 */
public enum DeletionPolicy {
  /** They are deleted too. */
  @JsonProperty("Delete")
  DELETE("Delete"),
  /** They stay as they are, without the labels that made them ours. */
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
