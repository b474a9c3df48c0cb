package io.vminventory.k8s.sink;

import io.vminventory.api.InventoryException;
import java.util.Optional;

/** Outcome of one write request. Each kind states how the caller reacts to it. */
sealed interface Outcome<R> {

  /** The record's problem, for people; empty if the write was done. */
  Optional<String> problem();

  /** Whether the object has to be read, and the plan made, again. */
  boolean needsNewPlan();

  /** Whether the API server responded. */
  boolean responded();

  /**
   * The write was done.
   *
   * @param now the object as stored after the write; empty if it is gone
   */
  record Done<R>(Optional<R> now) implements Outcome<R> {

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public boolean needsNewPlan() {
      return false;
    }

    @Override
    public boolean responded() {
      return true;
    }
  }

  /** Another client was faster, so the plan is out of date. */
  record Conflict<R>() implements Outcome<R> {

    @Override
    public Optional<String> problem() {
      return Optional.of("another client keeps changing it");
    }

    @Override
    public boolean needsNewPlan() {
      return true;
    }

    @Override
    public boolean responded() {
      return true;
    }
  }

  /**
   * The API server refused the write, and a new plan would not help.
   *
   * @param message why, for people
   */
  record Refused<R>(String message) implements Outcome<R> {

    @Override
    public Optional<String> problem() {
      return Optional.of(message);
    }

    @Override
    public boolean needsNewPlan() {
      return false;
    }

    @Override
    public boolean responded() {
      return true;
    }
  }

  /**
   * The API server could not be reached or could not process the request.
   *
   * @param message what happened, for people
   * @param lost whether the connection broke, so that only another read shows what was written
   */
  record NoResponse<R>(String message, boolean lost) implements Outcome<R> {

    @Override
    public Optional<String> problem() {
      return Optional.of(message);
    }

    @Override
    public boolean needsNewPlan() {
      return lost;
    }

    @Override
    public boolean responded() {
      return false;
    }
  }

  /**
   * No record can be written in this namespace.
   *
   * @param reason why
   */
  record Fatal<R>(InventoryException reason) implements Outcome<R> {

    @Override
    public Optional<String> problem() {
      return Optional.of(reason.getMessage());
    }

    @Override
    public boolean needsNewPlan() {
      return false;
    }

    @Override
    public boolean responded() {
      return true;
    }
  }
}
