// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a capture keeps, against a model that keeps everything. */
class CaptureTest {

    private static final int ROUNDS = 300;

    @ParameterizedTest
    @EnumSource(Output.Keep.class)
    void part_thatIsToBeKept_isKept(Output.Keep keep) throws Exception {
        SplittableRandom random = new SplittableRandom(20_260_601L);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] all = new byte[random.nextInt(1 + (round % 3 == 0 ? 600_000 : 3_000))];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) random.nextInt();
            }
            int limit = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(all.length * 2 + 1);
            Capture capture = new Capture(limit, keep, StandardCharsets.ISO_8859_1);
            feed(capture, all, random);
            Captured captured = capture.snapshot();
            byte[] expected = expected(all, limit, keep);
            assertThat(captured.bytes()).as("limit %s of %s", limit, all.length).isEqualTo(expected);
            assertThat(captured.length()).isEqualTo(expected.length);
            assertThat(captured.isTruncated()).isEqualTo(all.length > limit);
            assertThat(captured.text()).isEqualTo(new String(expected, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void snapshot_doesNotChange_whenMoreComes() throws Exception {
        Capture capture = new Capture(100, Output.Keep.BOTH, StandardCharsets.US_ASCII);
        feed(capture, "early".getBytes(StandardCharsets.US_ASCII), new SplittableRandom(1));
        Captured early = capture.snapshot();
        feed(capture, " and late".getBytes(StandardCharsets.US_ASCII), new SplittableRandom(1));
        assertThat(early.text()).isEqualTo("early");
        assertThat(capture.snapshot().text()).isEqualTo("early and late");
    }

    @Test
    void manyShortWrites_takeNoObjectEach() throws Exception {
        Capture capture = new Capture(1 << 20, Output.Keep.HEAD, StandardCharsets.US_ASCII);
        InputStream trickle = new Trickle(new byte[200_000], 1);
        drain(capture, trickle);
        assertThat(capture.snapshot().length()).isEqualTo(200_000);
        assertThat(capture.snapshot().pieceCount()).isLessThan(20);
    }

    @Test
    void endOfALongOutput_doesNotKeepTheRest() throws Exception {
        Capture capture = new Capture(1_000, Output.Keep.TAIL, StandardCharsets.US_ASCII);
        drain(capture, new Trickle(new byte[20 << 20], Sink.READ));
        assertThat(capture.heldBytes()).isLessThan(4L * Sink.READ);
    }

    private static byte[] expected(byte[] all, int limit, Output.Keep keep) {
        if (all.length <= limit) {
            return all;
        }
        int head = keep == Output.Keep.HEAD ? limit : keep == Output.Keep.TAIL ? 0 : limit / 2;
        byte[] expected = Arrays.copyOf(all, limit);
        System.arraycopy(all, all.length - (limit - head), expected, head, limit - head);
        return expected;
    }

    /** In pieces of random length, as they come out of a pipe. */
    private static void feed(Capture capture, byte[] all, SplittableRandom random) throws IOException {
        int longest = 1 + random.nextInt(Sink.READ);
        drain(capture, new Trickle(all, longest));
    }

    private static void drain(Capture capture, InputStream pipe) throws IOException {
        for (int length = capture.fill(pipe); length >= 0; length = capture.fill(pipe)) {
            capture.deliver(length);
        }
    }

    /** Gives no more than so many bytes at once. */
    private static final class Trickle extends ByteArrayInputStream {
        private final int longest;

        Trickle(byte[] bytes, int longest) {
            super(bytes);
            this.longest = longest;
        }

        @Override
        public synchronized int read(byte[] bytes, int start, int length) {
            return super.read(bytes, start, Math.min(length, longest));
        }
    }
}
