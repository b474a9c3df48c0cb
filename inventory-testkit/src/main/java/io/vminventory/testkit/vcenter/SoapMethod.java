package io.vminventory.testkit.vcenter;

/** What a method of the API does. */
interface SoapMethod {

  /** Answers a call by writing its result; the thread may wait in it, until it is interrupted. */
  void answer(Call call) throws SoapFault, InterruptedException;
}
