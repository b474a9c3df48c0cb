package io.vminventory.testkit.vcenter;

import java.time.Duration;

/** What goes wrong with a call on demand; see {@link Faults}. */
public sealed interface SimulatedFault {

  /** An answer of this HTTP status with a short text that is no XML; the method is not run. */
  record HttpStatus(int status) implements SimulatedFault {}

  /**
   * A fault of the vSphere API; the method is not run.
   *
   * @param name such as {@code NotAuthenticated}
   */
  record Soap(String name, String message) implements SimulatedFault {}

  /** Status 200 and a page that is not SOAP, as a captive portal sends it. */
  record Garbage() implements SimulatedFault {}

  /**
   * The method is run, but the connection ends within the answer.
   *
   * @param bodyBytes how many bytes of the body arrive; none means that there are no headers either
   */
  record Cut(int bodyBytes) implements SimulatedFault {}

  /** The method is run after a time, or at {@link Faults#release()}. */
  record Delay(Duration time) implements SimulatedFault {}

  /** There is no answer until {@link Faults#release()} or the stop; then the connection ends. */
  record NoResponse() implements SimulatedFault {}

  /**
   * The answer is status 200, but instead of every property it says fault {@code NotAuthenticated},
   * as a session that ends in the middle of a call does. For the methods that read properties and
   * for {@code WaitForUpdatesEx}, which does not wait then.
   */
  record NotAuthenticatedPerProperty() implements SimulatedFault {}

  static SimulatedFault httpStatus(int status) {
    return new HttpStatus(status);
  }

  static SimulatedFault soap(String name) {
    return new Soap(name, "A fault on demand: " + name);
  }

  static SimulatedFault garbage() {
    return new Garbage();
  }

  static SimulatedFault cutAfter(int bodyBytes) {
    return new Cut(bodyBytes);
  }

  static SimulatedFault delay(Duration time) {
    return new Delay(time);
  }

  static SimulatedFault noResponse() {
    return new NoResponse();
  }

  static SimulatedFault notAuthenticatedPerProperty() {
    return new NotAuthenticatedPerProperty();
  }
}
