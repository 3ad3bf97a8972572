// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThreads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What goes between a parent and its child, and who is let in. */
class ChannelTest {

    // ---- frames ----

    @Test
    void frames_comeAsTheyWent_howeverTheyAreCut() throws Exception {
        SplittableRandom random = new SplittableRandom(42);
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameOutput output = FrameOutput.of(bytes);
        for (int i = 0; i < 300; i++) {
            byte[] frame = new byte[length(random)];
            random.nextBytes(frame);
            sent.add(frame);
            output.write(ByteBuffer.wrap(frame));
            if (random.nextInt(10) == 0) {
                output.flush();
            }
        }
        output.flush();
        ByteArrayInputStream source = new ByteArrayInputStream(bytes.toByteArray());
        FrameInput input = new FrameInput(into -> {
            int portion = Math.min(into.remaining(), random.nextInt(1, 20_000));
            int count = source.read(into.array(), into.arrayOffset() + into.position(), portion);
            into.position(into.position() + Math.max(0, count));
            return count;
        });
        for (byte[] frame : sent) {
            assertThat(input.read()).isEqualTo(ByteBuffer.wrap(frame));
        }
        assertThat(input.read()).isNull();
    }

    /** Mostly short, sometimes empty, sometimes longer than all buffers. */
    private static int length(SplittableRandom random) {
        switch (random.nextInt(20)) {
            case 0:
                return 0;
            case 1:
                return random.nextInt(1 << 21);
            case 2:
                return (1 << 16) - random.nextInt(9);
            default:
                return random.nextInt(300);
        }
    }

    @Test
    void frame_thatIsReady_isTold() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameOutput output = FrameOutput.of(bytes);
        output.write(ByteBuffer.wrap(new byte[3]));
        output.send(ByteBuffer.wrap(new byte[5]));
        FrameInput input = FrameInput.of(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(input.isReady()).isFalse();
        assertThat(input.read()).isEqualTo(ByteBuffer.wrap(new byte[3]));
        assertThat(input.isReady()).isTrue();
        assertThat(input.read()).isEqualTo(ByteBuffer.wrap(new byte[5]));
        assertThat(input.isReady()).isFalse();
    }

    @Test
    void end_inTheMiddleOfAFrame_isNoOrderlyEnd() {
        for (byte[] cut : new byte[][] {{0}, {0, 0, 0, 2}, {0, 0, 0, 2, 7}}) {
            FrameInput input = FrameInput.of(new ByteArrayInputStream(cut));
            assertThatExceptionOfType(EOFException.class).isThrownBy(input::read);
        }
    }

    @Test
    void lengths_thatAreNone_areRefused_andRoomIsNotGivenForPromises() {
        FrameInput negative = FrameInput.of(new ByteArrayInputStream(new byte[] {-1, 0, 0, 0, 1}));
        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(negative::read)
                .withMessageContaining("-16777216");
        byte[] promise = {0x70, 0, 0, 0, 1}; // more than this JVM has memory for
        FrameInput huge = FrameInput.of(new ByteArrayInputStream(promise));
        assertThatExceptionOfType(EOFException.class).isThrownBy(huge::read).withMessageContaining("1 of 1879048192");
    }

    @Test
    void header_comesAsItWent_andTellsNobodyItsSecret() throws Exception {
        byte[] secret = Greeting.newSecret();
        ChildHeader header = new ChildHeader(77, 5, secret, "unix:/a b/\u00fc", "a.b.C");
        ChildHeader read = ChildHeader.decode(header.encode());
        assertThat(read.parent()).isEqualTo(77);
        assertThat(read.number()).isEqualTo(5);
        assertThat(read.secret()).isEqualTo(secret);
        assertThat(read.address()).isEqualTo("unix:/a b/\u00fc");
        assertThat(read.entry()).isEqualTo("a.b.C");
        assertThat(header).hasToString("ChildHeader[5]");
        assertThat(Greeting.newSecret()).isNotEqualTo(secret);
        assertThatThrownBy(() -> ChildHeader.decode(ByteBuffer.wrap(new byte[20])))
                .isInstanceOf(IOException.class);
    }

    // ---- who is let in ----

    @Test
    void genuineGreeting_isLetIn_inSpiteOfStrangers() throws Exception {
        try (Leaks leaks = Leaks.watch();
                Rendezvous.Expected expected = Rendezvous.expect()) {
            List<SocketChannel> strangers = new ArrayList<>();
            strangers.add(ChannelAddress.connect(expected.address)); // says nothing
            strangers.add(greet(expected, ByteBuffer.wrap(new byte[5]))); // says too little
            SocketChannel wrong = greet(expected, Greeting.of(expected.number, Greeting.newSecret()));
            SocketChannel unknown = greet(expected, Greeting.of(expected.number + 1000, expected.secret));
            SocketChannel nonsense = greet(expected, ByteBuffer.wrap(new byte[Greeting.LENGTH]));
            for (SocketChannel dropped : List.of(wrong, unknown, nonsense)) {
                assertThat(isDropped(dropped)).isTrue();
            }
            strangers.addAll(List.of(wrong, unknown, nonsense));

            ByteBuffer greeting = Greeting.of(expected.number, expected.secret);
            SocketChannel child = greet(expected, greeting.slice(0, 20)); // in two parts, as it may come
            child.write(greeting.slice(20, greeting.limit() - 20));
            SocketChannel connected = expected.channel.get(30, TimeUnit.SECONDS);
            assertThat(connected.isBlocking()).isTrue();
            child.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            ByteBuffer received = ByteBuffer.allocate(3);
            while (received.hasRemaining() && connected.read(received) >= 0) {
                // on to the rest
            }
            assertThat(received.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));

            SocketChannel twice = greet(expected, Greeting.of(expected.number, expected.secret));
            assertThat(isDropped(twice)).isTrue();
            strangers.addAll(List.of(twice, child, connected));
            for (SocketChannel channel : strangers) {
                channel.close();
            }
        }
    }

    @Test
    void strangers_inNumbers_goForTheNextOnes() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (Rendezvous.Expected expected = Rendezvous.expect()) {
            for (int i = 0; i < Rendezvous.MOST_STRANGERS + 2; i++) {
                silent.add(ChannelAddress.connect(expected.address));
            }
            assertThat(isDropped(silent.get(0))).isTrue();
            try (SocketChannel child = greet(expected, Greeting.of(expected.number, expected.secret));
                    SocketChannel connected = expected.channel.get(30, TimeUnit.SECONDS)) {
                assertThat(connected.isConnected()).isTrue();
                assertThat(child.isConnected()).isTrue();
            }
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    @Test
    void nobodyListens_whenNobodyIsExpected() throws Exception {
        Rendezvous.Expected first = Rendezvous.expect();
        Rendezvous.Expected second = Rendezvous.expect();
        assertThat(second.address).isEqualTo(first.address);
        first.close();
        ChannelAddress.connect(second.address).close();
        second.close();
        Await.until("nobody listens", () -> {
            try {
                ChannelAddress.connect(second.address).close();
                return false;
            } catch (IOException e) {
                return true;
            }
        });
        assertThatExceptionOfType(CancellationException.class).isThrownBy(first.channel::join);
        try (Rendezvous.Expected third = Rendezvous.expect()) {
            assertThat(third.address).isNotEqualTo(first.address);
            ChannelAddress.connect(third.address).close();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
    void socket_isForTheOwnerAlone() throws Exception {
        try (Rendezvous.Expected expected = Rendezvous.expect()) {
            assertThat(expected.address).startsWith("unix:");
            Path directory =
                    Path.of(expected.address.substring("unix:".length())).getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void port_servesWhereNoSocketCanBe() throws Exception {
        assertThat(ChannelAddress.fits(Path.of("/" + "x".repeat(ChannelAddress.LONGEST_PATH))))
                .isFalse();
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            try (SocketChannel channel = ChannelAddress.connect(ChannelAddress.ofPort(port))) {
                assertThat(channel.isConnected()).isTrue();
            }
        }
    }

    private static SocketChannel greet(Rendezvous.Expected expected, ByteBuffer greeting) throws IOException {
        SocketChannel channel = ChannelAddress.connect(expected.address);
        channel.write(greeting);
        return channel;
    }

    /** Whether the other side closes the channel, which may also be seen as a broken one. */
    private static boolean isDropped(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    // ---- the child's side ----

    /** Sends frames up from a thread that is interrupted all the time, and then what it gets. */
    static final class Interrupted implements ChildEntry {
        static final int FRAMES = 20;
        static final int LENGTH = 1 << 20;

        @Override
        public void run(ByteBuffer first, ParentLink parent) throws Exception {
            parent.listen(frame -> parent.up().send(frame));
            parent.up().send(first);
            for (int i = 0; i < FRAMES; i++) {
                byte[] frame = new byte[LENGTH];
                frame[0] = (byte) i;
                Thread.currentThread().interrupt();
                parent.up().send(ByteBuffer.wrap(frame));
                if (!Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("the interrupt is lost");
                }
            }
            parent.up().send(ByteBuffer.allocate(0));
        }
    }

    @Test
    void interruptsInTheChild_doNotCloseTheWayUp() throws Exception {
        LaunchOptions options = new LaunchOptions(Interrupted.class, "interrupted", List.of("-XX:TieredStopAtLevel=1"));
        LaunchedChild child = ChildJvm.launch(options, ByteBuffer.wrap(new byte[] {9, 8}));
        try (TestThreads threads = new TestThreads()) {
            assertThat(child.up().read()).isEqualTo(ByteBuffer.wrap(new byte[] {9, 8}));
            for (int i = 0; i < Interrupted.FRAMES; i++) {
                ByteBuffer frame = child.up().read();
                assertThat(frame).isNotNull();
                assertThat(frame.remaining()).isEqualTo(Interrupted.LENGTH);
                assertThat(frame.get()).isEqualTo((byte) i);
            }
            assertThat(child.up().read()).isEqualTo(ByteBuffer.allocate(0));
            assertThat(child.up().read()).as("the end of the child").isNull();
            assertThat(child.process().waitFor()).isZero();
        } finally {
            child.root().endTree(Duration.ZERO);
            child.closeUp();
            child.closeDown();
        }
    }

    /** Echoes what it gets. */
    static final class Echo implements ChildEntry {
        @Override
        public void run(ByteBuffer first, ParentLink parent) {
            parent.listen(frame -> {
                if (!frame.hasRemaining()) {
                    throw new IllegalStateException("an empty frame");
                }
                parent.up().send(frame);
            });
            ChildBodies.idle();
        }
    }

    @Test
    void childEnds_withTheLifeLine_andWhenItsHandlerThrows() throws Exception {
        LaunchOptions options = new LaunchOptions(Echo.class, "echo", List.of("-XX:TieredStopAtLevel=1"));
        LaunchedChild child = ChildJvm.launch(options, ByteBuffer.allocate(0));
        byte[] large = new byte[3 << 20];
        new SplittableRandom(1).nextBytes(large);
        try (TestThreads threads = new TestThreads()) {
            threads.start("writer", () -> child.down().send(ByteBuffer.wrap(large)));
            assertThat(child.up().read()).isEqualTo(ByteBuffer.wrap(large));
            child.closeDown();
            assertThat(child.process().waitFor()).isEqualTo(ChildSide.PARENT_GONE);
            assertThat(child.up().read()).isNull();
        } finally {
            child.root().endTree(Duration.ZERO);
            child.closeUp();
        }
        LaunchOptions quiet = new LaunchOptions(
                Echo.class,
                "echo",
                List.of("-XX:TieredStopAtLevel=1"),
                Map.of(),
                null,
                ProcessBuilder.Redirect.DISCARD,
                ProcessBuilder.Redirect.DISCARD);
        LaunchedChild other = ChildJvm.launch(quiet, ByteBuffer.allocate(0));
        try {
            other.down().send(ByteBuffer.allocate(0));
            assertThat(other.process().waitFor()).isEqualTo(ChildSide.PARENT_GONE);
        } finally {
            other.root().endTree(Duration.ZERO);
            other.closeUp();
            other.closeDown();
        }
    }
}
