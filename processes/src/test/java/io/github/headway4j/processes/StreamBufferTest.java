// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The buffer between the thread that reads a pipe and the user who reads the stream. */
class StreamBufferTest {

    private static final int MIB = 1 << 20;

    private final StreamBuffer buffer = new StreamBuffer(StandardCharsets.ISO_8859_1);
    private final InputStream stream = buffer.stream;

    @EachThreadKind
    void everyByte_comesOut_inOrder(ThreadKind kind) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        byte[] all = new byte[3 * MIB];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) random.nextInt();
        }
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<byte[]> reader = threads.start("reader", () -> readInPieces(new SplittableRandom(8)));
            pump(new ByteArrayInputStream(all));
            buffer.end();
            assertThat(reader.result()).isEqualTo(all);
            assertThat(stream.read()).as("the end, again").isEqualTo(-1);
        }
    }

    @Test
    void thread_thatReadsThePipe_waitsForTheUser() throws Exception {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> pump = threads.start("pump", () -> pump(new ByteArrayInputStream(new byte[MIB])));
            pump.awaitParked();
            assertThat(stream.readNBytes(MIB)).hasSize(MIB);
            pump.join();
        }
    }

    @EachThreadKind
    void read_isInterrupted_andNothingIsLost(ThreadKind kind) throws Exception {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> reader = threads.start("reader", () -> {
                assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(stream::read);
                return Thread.currentThread().isInterrupted();
            });
            reader.awaitParked();
            reader.interrupt();
            assertThat(reader.result()).as("still interrupted").isFalse();
        }
        pump(new ByteArrayInputStream(new byte[] {42}));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(stream::read);
        assertThat(stream.read()).isEqualTo(42);
    }

    @Test
    void closing_wakesBothSides() throws Exception {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> pump = threads.start("pump", () -> pump(new ByteArrayInputStream(new byte[MIB])));
            pump.awaitParked();
            stream.close();
            pump.join();
            assertThat(buffer.isClosed()).isTrue();
            assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
            assertThatExceptionOfType(IOException.class).isThrownBy(stream::available);
        }
        StreamBuffer other = new StreamBuffer(StandardCharsets.US_ASCII);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> reader = threads.start("reader", () -> other.stream.read());
            reader.awaitParked();
            other.stream.close();
            assertThat(reader.failure()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void rest_isCaptured_behindWhatWasRead() throws Exception {
        byte[] all = new byte[MIB];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31);
        }
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> pump = threads.start("pump", () -> pump(new ByteArrayInputStream(all)));
            byte[] first = stream.readNBytes(100_000);
            pump.awaitParked();
            Capture capture = buffer.captureRest();
            pump.join();
            buffer.end();
            assertThat(first).isEqualTo(Arrays.copyOf(all, 100_000));
            assertThat(capture.snapshot().bytes()).isEqualTo(Arrays.copyOfRange(all, 100_000, all.length));
            assertThat(buffer.captureRest()).isSameAs(capture);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void reader_whoWaits_isAtTheEnd_whenTheRestIsCaptured() throws Exception {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> reader = threads.start("reader", () -> stream.read());
            reader.awaitParked();
            buffer.captureRest();
            assertThat(reader.result()).isEqualTo(-1);
        }
    }

    @Test
    void failure_isToldToTheReader_behindWhatThereIs() throws Exception {
        pump(new ByteArrayInputStream(new byte[] {42}));
        OutOfMemoryError mine = new OutOfMemoryError("planted");
        try (TestThreads threads = new TestThreads()) {
            assertThat(stream.read()).isEqualTo(42);
            TestThread<Integer> reader = threads.start("reader", () -> stream.read());
            reader.awaitParked();
            buffer.fail(mine);
            assertThat(reader.failure()).isInstanceOf(IOException.class).hasCause(mine);
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::read).withCause(mine);
    }

    private void pump(InputStream pipe) throws IOException {
        for (int length = buffer.fill(pipe); length >= 0; length = buffer.fill(pipe)) {
            buffer.deliver(length);
        }
    }

    private byte[] readInPieces(SplittableRandom random) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] piece = new byte[100_000];
        while (true) {
            int length = stream.read(piece, 0, 1 + random.nextInt(piece.length));
            if (length < 0) {
                return read.toByteArray();
            }
            read.write(piece, 0, length);
        }
    }
}
