// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads one output from its pipe, from the start of the process to the end of the pipe. */
final class OutputPump implements Runnable {
    /*
     * Nothing lost. When a process ends, the JDK takes the monitor of each stream, copies what is in the pipe, and
     * closes it: what a descendant writes after that is lost, and the descendant gets SIGPIPE. Therefore this thread
     * holds the monitor of the stream as long as it reads, so that the JDK waits; it has told everybody of the end
     * before, so nobody else does. Until this thread is there, the thread that has started the process holds the
     * monitor, from the return of the JDK's start on: it lets go of it when this one has arrived, which is then the first in the queue for it. What the JDK
     * closes in spite of that ends the pipe here too.
     *
     * The end of the pipe comes when all processes that have it have ended. Reading cannot be interrupted, and closing
     * the stream meanwhile would not end it, but free its descriptor for another file, to be read by mistake. So only
     * this thread closes it. If the process has ended and a descendant keeps the pipe, whoever waits gives up after a
     * while and cuts off: from then on this thread forgets what it reads, so that the descendant can go on writing.
     *
     * What remains. As long as a descendant has the pipe, the thread of the JDK that has noticed the end of the process
     * waits for the monitor, and the JDK does not forget the process. If the operating system gives its number to another
     * command meanwhile, which takes as many starts as there are numbers, the JDK takes that for ended, too. And a pipe
     * that the JDK closes between the arrival of this thread and its getting the monitor is lost to descendants, which
     * the result does not say: this thread is first in the queue, but the JDK may be faster.
     *
     * Nothing of the process itself is cut off. What it has written is in the pipe when it ends. After the grace, the
     * one who waits cuts off only if (a) this thread has been waiting in a read for QUIET_NANOS since the end: what was
     * in the pipe has been read before, as a read that began earlier would have returned with it; or (b) more has been read since the end than a pipe can hold, so that what comes is of
     * others. A slow listener is neither, and gets all the time it takes.
     *
     * What the sink has thrown is told once: to who waits for the outputs; or, if nobody does any more, to the handler
     * of uncaught exceptions. Who gives up notes that, and then looks at the failure; this thread notes the failure, and
     * then looks whether somebody has given up. So one of them tells.
     *
     * Access modes. reading, total, cutOff, failure, deserted: volatile; the first two are written by this thread alone. What is
     * kept is published by the monitor or the lock of the sink, and the end by the latch.
     */

    /** More than a pipe can hold without privileges. */
    private static final long LARGEST_PIPE = 1L << 20;

    private static final long QUIET_NANOS = 50_000_000L;

    /** Not in a read. A time that is equal to it by chance is taken for the next one. */
    private static final long BUSY = 0L;

    final Sink sink;
    final InputStream pipe;
    private final Runnable onFailure;

    /** Called by the thread of this pump once it has the monitor. Written before that thread begins. */
    private Runnable onEntry = () -> {};

    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** When the read began in which this thread is, or {@link #BUSY}. */
    private volatile long reading = BUSY;

    /** The number of bytes read. */
    private volatile long total;

    /** The same, of the thread of the pump alone. */
    private long counted;

    private volatile boolean cutOff;
    private volatile @Nullable Throwable failure;

    /** Whether nobody will ask for the failure. */
    private volatile boolean deserted;

    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * A pump that is to be started.
     *
     * @param onFailure called when the sink has thrown; the pipe is drained all the same
     */
    OutputPump(InputStream pipe, Sink sink, Runnable onFailure) {
        this.pipe = pipe;
        this.sink = sink;
        this.onFailure = onFailure;
    }

    // ---- the thread that has started the process, which holds the monitor of the pipe ----

    /**
     * Has a thread read.
     *
     * @param onEntry called by that thread when it has the monitor, before it reads
     */
    void start(Runnable onEntry) {
        this.onEntry = onEntry;
        PumpThreads.execute(this);
    }

    /** Waits until the thread of this pump is about to take the monitor. */
    void awaitArrival() {
        boolean interrupted = false;
        for (boolean there = false; !there; ) {
            try {
                arrived.await();
                there = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody can write any more: reads what is in the pipe, instead of a thread. */
    void readRest() {
        try {
            while (pipe.available() > 0) {
                int length = sink.fill(pipe);
                count(length);
                sink.deliver(length);
            }
            sink.end();
            pipe.close();
        } catch (IOException nobodyLeftToTell) {
            // the pipe is closed even so
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            ended.countDown();
        }
    }

    // ---- the thread of the pump ----

    @Override
    public void run() {
        Thread current = Thread.currentThread();
        try {
            current.setContextClassLoader(contextClassLoader);
            arrived.countDown();
            synchronized (pipe) {
                try {
                    onEntry.run();
                } finally {
                    pump();
                }
            }
            pipe.close();
        } catch (IOException nobodyLeftToTell) {
            // the pipe is closed even so
        } finally {
            arrived.countDown();
            ended.countDown();
            current.setContextClassLoader(null);
        }
    }

    private void pump() {
        try {
            while (failure == null && !cutOff && !sink.isClosed()) {
                reading = now();
                int length = sink.fill(pipe);
                reading = BUSY;
                if (length < 0) {
                    sink.end();
                    return;
                }
                count(length);
                if (!cutOff) {
                    sink.deliver(length);
                }
            }
        } catch (IOException closedByTheJdk) {
            endAfterTrouble();
            return;
        } catch (Throwable thrown) {
            failure = thrown;
            reading = BUSY;
            sink.fail(thrown);
            ended.countDown(); // nothing more is delivered
            onFailure.run();
            reportIfDeserted();
        }
        if (!sink.isClosed()) {
            drain();
        }
    }

    private void endAfterTrouble() {
        try {
            sink.end();
        } catch (Throwable thrown) {
            failure = thrown;
            onFailure.run();
            reportIfDeserted();
        }
    }

    private void drain() {
        try {
            reading = now();
            for (int length = Sink.drain(pipe); length >= 0; length = Sink.drain(pipe)) {
                count(length);
                reading = now();
            }
        } catch (IOException closedByTheJdk) {
            return;
        } finally {
            reading = BUSY;
        }
    }

    private void count(int length) {
        counted += length;
        total = counted;
    }

    // ---- any thread ----

    /** Waits for the end of the pipe. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    long total() {
        return total;
    }

    /** Whether all is read that was in the pipe when the process ended, at that time. */
    boolean hasAllOfTheProcess(long totalAtItsEnd, long itsEnd) {
        long since = reading;
        long quietSince = since - itsEnd > 0 ? since : itsEnd;
        return (since != BUSY && System.nanoTime() - quietSince > QUIET_NANOS) || total - totalAtItsEnd > LARGEST_PIPE;
    }

    /** What comes from now on is forgotten. */
    void cutOff() {
        cutOff = true;
    }

    boolean isCutOff() {
        return cutOff && !hasEnded();
    }

    /** What the sink has thrown, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether the failure has not been told before; from now on it has. */
    boolean tell() {
        return told.compareAndSet(false, true);
    }

    /** Nobody asks for the failure any more. */
    void desert() {
        deserted = true;
        reportIfDeserted();
    }

    private void reportIfDeserted() {
        Throwable thrown = failure;
        if (thrown != null && deserted && tell()) {
            Uncaught.report(thrown);
        }
    }

    private static long now() {
        long now = System.nanoTime();
        return now == BUSY ? now + 1 : now;
    }
}
