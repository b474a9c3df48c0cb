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
 * The body of an answer as a stream whose reads end in time: at the deadline, when nothing comes
 * for too long, when the reading thread is interrupted, or when any thread closes it. The JDK's own
 * stream promises none of these, and the HTTP client's time-out ends where the body begins. Nor are
 * they longer together than the administrator allows.
 *
 * <p>One portion is asked for at a time, so that a slow reader slows the server down.
 */
final class ResponseBody extends InputStream implements BodySubscriber<ResponseBody> {

  private final Duration longestSilence;
  private final int limitMB;
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
   * @param longestSilence how long a read waits for the next portion; it has this long for
   *     everything unless {@link #endBy} says otherwise
   * @param limitMB how long the body may be, in MiB
   */
  ResponseBody(Duration longestSilence, int limitMB) {
    this.longestSilence = longestSilence;
    this.limitMB = limitMB;
    this.bytesLeft = (long) limitMB << 20;
    this.deadline = Deadline.in(longestSilence);
  }

  /** The moment by which all has to be read. Called by the reading thread before it reads. */
  void endBy(Deadline end) {
    deadline = end;
  }

  /** At once: reading begins while the body arrives. */
  @Override
  public CompletionStage<ResponseBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    boolean wanted;
    lock.lock();
    try {
      this.subscription = subscription;
      wanted = !closed;
    } finally {
      lock.unlock();
    }
    if (wanted) {
      subscription.request(1);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> portion) {
    change(() -> received.addAll(portion));
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
      throw new ResponseTooLargeException(limitMB);
    }
    bytes.get(target, offset, count);
    return count;
  }

  /** Bytes that are not read yet, at least one; {@code null} at the end of a complete body. */
  private @Nullable ByteBuffer await() throws IOException {
    Deadline silence = Deadline.in(longestSilence);
    lock.lock();
    try {
      while (true) {
        long left = (silence.isBefore(deadline) ? silence : deadline).nanosLeft();
        if (closed) {
          throw new IOException("the answer was given up");
        } else if (left <= 0) {
          throw new HttpTimeoutException("the answer took too long");
        } else if (failure != null) {
          throw new IOException("the answer broke off", failure);
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
      throw new InterruptedIOException("interrupted while reading an answer");
    } finally {
      lock.unlock();
    }
  }

  /** Ends a read under way in any thread, and the connection unless the body is complete. */
  @Override
  public void close() {
    Flow.Subscription open;
    lock.lock();
    try {
      open = complete ? null : subscription;
      closed = true;
      received.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (open != null) {
      open.cancel();
    }
  }
}
