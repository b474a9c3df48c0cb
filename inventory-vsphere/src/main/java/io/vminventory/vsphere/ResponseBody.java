package io.vminventory.vsphere;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Body of a response as a stream whose reads end in time: at the deadline, after too long a
 * silence, when the reading thread is interrupted, or when any thread closes it. The JDK's own
 * stream guarantees none of these, and the timeout of the HTTP client ends where the body begins.
 * The length of the body is limited as well.
 *
 * <p>It requests one part at a time, so that a slow reader slows the server down.
 */
final class ResponseBody extends InputStream implements BodySubscriber<ResponseBody> {

  private final Duration maxSilence;
  private final int maxMB;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private final Queue<ByteBuffer> received = new ArrayDeque<>();
  private Flow.@Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private boolean complete;
  private boolean closed;

  // of the reading thread
  private Deadline deadline;
  private long bytesLeft;

  /**
   * @param maxSilence how long a read waits for the next part; also the deadline of the whole body
   *     until {@link #setDeadline} is called
   * @param maxMB maximum length of the body, in MiB
   */
  ResponseBody(Duration maxSilence, int maxMB) {
    this.maxSilence = maxSilence;
    this.maxMB = maxMB;
    this.bytesLeft = (long) maxMB << 20;
    this.deadline = Deadline.in(maxSilence);
  }

  /**
   * Sets when the whole body must have been read. The reading thread calls this before it reads.
   */
  void setDeadline(Deadline end) {
    deadline = end;
  }

  /** Completes at once: reading begins while the body arrives. */
  @Override
  public CompletionStage<ResponseBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    boolean open;
    lock.lock();
    try {
      this.subscription = subscription;
      open = !closed;
    } finally {
      lock.unlock();
    }
    if (open) {
      subscription.request(1);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    change(() -> received.addAll(part));
  }

  @Override
  public void onError(Throwable failure) {
    change(() -> this.failure = failure);
  }

  @Override
  public void onComplete() {
    change(() -> complete = true);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer bytes = await();
    if (bytes == null) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytesLeft -= count;
    if (bytesLeft < 0) {
      throw new ResponseTooLargeException(maxMB);
    }
    bytes.get(target, offset, count);
    return count;
  }

  /** Bytes that were not read yet, at least one; {@code null} at the end of a complete body. */
  private @Nullable ByteBuffer await() throws IOException {
    Deadline silence = Deadline.in(maxSilence);
    lock.lock();
    try {
      while (true) {
        long left = (silence.isBefore(deadline) ? silence : deadline).nanosLeft();
        if (closed) {
          throw new IOException("the request was cancelled");
        } else if (left <= 0) {
          throw new HttpTimeoutException("the response took too long");
        } else if (failure != null) {
          throw new IOException("the connection broke during the response", failure);
        }
        ByteBuffer head = received.peek();
        if (head != null && head.hasRemaining()) {
          return head;
        } else if (head != null) {
          received.remove();
          if (received.isEmpty() && subscription != null) {
            subscription.request(1);
          }
        } else if (complete) {
          return null;
        } else {
          long unused = changed.awaitNanos(left);
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while reading a response");
    } finally {
      lock.unlock();
    }
  }

  /** Ends a running read in any thread, and the connection unless the body is complete. */
  @Override
  public void close() {
    Flow.Subscription incomplete;
    lock.lock();
    try {
      incomplete = complete ? null : subscription;
      closed = true;
      received.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (incomplete != null) {
      incomplete.cancel();
    }
  }
}
