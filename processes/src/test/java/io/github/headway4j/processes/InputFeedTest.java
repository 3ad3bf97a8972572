// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The queue between those who write the input of a command and the pipe. */
class InputFeedTest {

    private static final int MIB = 1 << 20;

    private final SlowPipe pipe = new SlowPipe();
    private final InputFeed feed = new InputFeed(pipe);

    @Test
    void everything_isWritten_inOrder_andThenThePipeIsClosed() throws Exception {
        pipe.open();
        for (int i = 0; i < 1_000; i++) {
            feed.stream.write((i + " ").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(feed.finish("end".getBytes(StandardCharsets.US_ASCII))).isTrue();
        Await.until("the end of the input", () -> pipe.closed);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            expected.append(i).append(' ');
        }
        assertThat(pipe.text()).isEqualTo(expected + "end");
        assertThat(feed.finish(new byte[1])).as("closed before").isFalse();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> feed.stream.write(1));
        assertThatNoException().isThrownBy(feed.stream::close);
    }

    @Test
    void flush_waitsForThePipe() throws Exception {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> writer = threads.start("writer", () -> {
                feed.stream.write(7);
                feed.stream.flush();
            });
            writer.awaitParked();
            pipe.open();
            writer.join();
            assertThat(pipe.text()).isEqualTo("\u0007");
        }
    }

    @Test
    void close_waitsForThePipe() throws Exception {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> writer = threads.start("writer", () -> {
                feed.stream.write(7);
                feed.stream.close();
            });
            writer.awaitParked();
            pipe.open();
            writer.join();
            assertThat(pipe.closed).isTrue();
            assertThat(pipe.text()).isEqualTo("\u0007");
        }
    }

    @Test
    void close_withAPendingInterrupt_closesAllTheSame() throws Exception {
        feed.stream.write(7);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(feed.stream::close);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        pipe.open();
        Await.until("the end of the input", () -> pipe.closed);
        assertThat(pipe.text()).isEqualTo("\u0007");
    }

    @EachThreadKind
    void writerWhoIsAhead_waits_andIsInterrupted(ThreadKind kind) throws Exception {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> writer = threads.start("writer", () -> {
                assertThatExceptionOfType(InterruptedIOException.class)
                        .isThrownBy(() -> feed.stream.write(new byte[MIB]));
                return Thread.currentThread().isInterrupted();
            });
            writer.awaitParked();
            writer.interrupt();
            assertThat(writer.result()).as("still interrupted").isFalse();
        }
        feed.abandon();
        pipe.open();
        Await.until("the end of the input", () -> pipe.closed);
    }

    @Test
    void failure_ofThePipe_isToldToTheWriter_once() throws Exception {
        pipe.failure = new IOException("Broken pipe");
        pipe.open();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    feed.stream.write(new byte[10 * MIB]);
                    feed.stream.flush();
                })
                .withMessage("Broken pipe");
        Await.until("the end of the input", () -> pipe.closed);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> feed.stream.write(1));
        assertThatExceptionOfType(IOException.class).isThrownBy(feed.stream::close);
        assertThatNoException().isThrownBy(feed.stream::close);
    }

    @Test
    void abandoning_dropsWhatWasNotWritten_andClosesThePipe() throws Exception {
        feed.stream.write(1);
        Await.until("the first byte on its way", () -> pipe.waiting);
        feed.stream.write(2);
        feed.abandon();
        pipe.open();
        Await.until("the end of the input", () -> pipe.closed);
        assertThat(pipe.text()).isEqualTo("\u0001");
    }

    @Test
    void feed_withNothingToWrite_closesAtOnce() {
        assertThat(feed.finish(new byte[0])).isTrue();
        assertThat(pipe.closed).isTrue();
    }

    /** Takes nothing until it is opened. */
    private static final class SlowPipe extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final CountDownLatch opened = new CountDownLatch(1);
        volatile boolean closed;
        volatile boolean waiting;
        volatile IOException failure;

        void open() {
            opened.countDown();
        }

        synchronized String text() {
            return written.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            waiting = true;
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the thread that writes", e);
            }
            if (failure != null) {
                throw failure;
            }
            synchronized (this) {
                written.write(bytes, start, length);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
