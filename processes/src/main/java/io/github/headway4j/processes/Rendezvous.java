// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where children that have been started meet their parent. There is one socket and one daemon thread for all, and only
 * while some child is expected; afterwards nothing listens.
 *
 * <p>Whoever connects has to send a {@link Greeting} with the secret of an expected child. A peer that sends anything
 * else is dropped. One that sends nothing, or too little, waits beside the others and holds nobody up: it is dropped
 * after {@link #PATIENCE}, or when too many wait.
 */
final class Rendezvous {

    /* Implementation note.
     *
     * Model: a map from numbers to expected children under LOCK. The first expect() opens the socket and starts the
     *   thread; a genuine greeting completes the future of its child; Expected.close() takes the child out of the map.
     *   When the map is empty the rendezvous is over, and its thread closes all that it has; the next expect() opens
     *   another one.
     * Invariants: I1 a rendezvous is `current`, and takes children, exactly while the map is not empty (both change
     *   under LOCK). I2 a channel is completed into a future, or closed by the thread: if close() has cancelled the
     *   future before, `complete` returns false.
     * The end: close() sets `over` and wakes the selector up; wakeup() is kept for the next select(), so that it is not
     *   lost whenever it comes.
     */

    /** How long a peer may take for its greeting. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How many peers may wait with an unfinished greeting; the one that came first has to go for the next. */
    static final int MOST_STRANGERS = 64;

    /** The kind of the private file. */
    private static final char SOCKET = 's';

    /** After a failure to accept, such as for want of descriptors. */
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Guarded by LOCK. */
    private static final Map<Long, Expected> EXPECTED = new HashMap<>();

    /** Guarded by LOCK: the one that takes children, if any. */
    private static @Nullable Rendezvous current;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final String address;
    private final @Nullable Path file;

    /** Those whose greeting is not complete, in the order in which they came. For the thread only. */
    private final Deque<Stranger> strangers = new ArrayDeque<>();

    private volatile boolean over;

    /** A child that has been announced. */
    static final class Expected implements AutoCloseable {
        final long number = NUMBERS.incrementAndGet();
        final byte[] secret = Greeting.newSecret();

        /** Completed with its channel, in blocking mode, when it has come. */
        final CompletableFuture<SocketChannel> channel = new CompletableFuture<>();

        final String address;

        private Expected(String address) {
            this.address = address;
        }

        /** Expects it no longer. A channel that has come by then belongs to whoever gets it from the future. */
        @Override
        public void close() {
            channel.cancel(false);
            LOCK.lock();
            try {
                EXPECTED.remove(number);
                Rendezvous last = current;
                if (EXPECTED.isEmpty() && last != null) {
                    current = null;
                    last.over = true;
                    last.selector.wakeup();
                }
            } finally {
                LOCK.unlock();
            }
        }
    }

    private static final class Stranger {
        final SocketChannel channel;
        final ByteBuffer greeting = ByteBuffer.allocate(Greeting.LENGTH);
        final long sinceNanos = System.nanoTime();

        Stranger(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** Listens on a path, or on any port of the loopback interface if there is none. */
    private Rendezvous(@Nullable Path file) throws IOException {
        this.file = file;
        server = file == null ? ServerSocketChannel.open() : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            SocketAddress place = file == null
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
                    : UnixDomainSocketAddress.of(file);
            server.bind(place);
            server.configureBlocking(false);
            address = file == null
                    ? ChannelAddress.ofPort(((InetSocketAddress) server.getLocalAddress()).getPort())
                    : ChannelAddress.of(file);
            selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (Throwable e) {
            server.close();
            throw e;
        }
    }

    /** Expects one more child. */
    static Expected expect() throws IOException {
        LOCK.lock();
        try {
            Rendezvous place = current;
            if (place == null) {
                place = open();
                Thread thread = new Thread(place::serve, "headway-rendezvous");
                thread.setDaemon(true);
                thread.start();
                current = place;
            }
            Expected expected = new Expected(place.address);
            EXPECTED.put(expected.number, expected);
            return expected;
        } finally {
            LOCK.unlock();
        }
    }

    private static Rendezvous open() throws IOException {
        Path file = PrivateFiles.fresh(SOCKET);
        if (ChannelAddress.fits(file)) {
            try {
                return new Rendezvous(file);
            } catch (UnsupportedOperationException noSuchSockets) {
                // An old system.
            }
        }
        return new Rendezvous(null);
    }

    // ---- the thread ----

    private void serve() {
        try {
            while (!over) {
                long patience = strangers.isEmpty() ? 0L : PATIENCE.toMillis();
                selector.select(this::handle, patience);
                dropImpatient();
            }
        } catch (IOException e) {
            abandon(e);
        } finally {
            strangers.forEach(stranger -> close(stranger.channel));
            close(server);
            close(selector);
            if (file != null) {
                delete(file);
            }
        }
    }

    private void handle(SelectionKey key) {
        Object stranger = key.attachment();
        if (stranger != null) {
            receive((Stranger) stranger, key);
            return;
        }
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                welcome(channel);
            }
        } catch (IOException e) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void welcome(SocketChannel channel) {
        Stranger stranger = new Stranger(channel);
        try {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, stranger);
        } catch (IOException e) {
            close(channel);
            return;
        }
        strangers.add(stranger);
        if (strangers.size() > MOST_STRANGERS) {
            close(strangers.remove().channel);
        }
    }

    private void receive(Stranger stranger, SelectionKey key) {
        try {
            if (stranger.channel.read(stranger.greeting) >= 0 && stranger.greeting.hasRemaining()) {
                return;
            }
            strangers.remove(stranger);
            key.cancel(); // or the channel cannot be set to blocking
            if (!stranger.greeting.hasRemaining() && introduce(stranger)) {
                return;
            }
        } catch (IOException e) {
            strangers.remove(stranger);
        }
        close(stranger.channel);
    }

    /** Hands the channel to the launch of the child; false if the greeting is not genuine, or the child unexpected. */
    private static boolean introduce(Stranger stranger) throws IOException {
        Expected expected;
        LOCK.lock();
        try {
            expected = EXPECTED.get(Greeting.numberOf(stranger.greeting));
        } finally {
            LOCK.unlock();
        }
        if (!Greeting.isGenuine(stranger.greeting, expected == null ? null : expected.secret) || expected == null) {
            return false;
        }
        stranger.channel.configureBlocking(true);
        return expected.channel.complete(stranger.channel);
    }

    private void dropImpatient() {
        long now = System.nanoTime();
        while (!strangers.isEmpty() && now - strangers.element().sinceNanos > PATIENCE.toNanos()) {
            close(strangers.remove().channel);
        }
    }

    /** Fails all that are expected; the next ones get another rendezvous. */
    private void abandon(IOException cause) {
        LOCK.lock();
        try {
            if (current == this) {
                current = null;
                EXPECTED.values().forEach(expected -> expected.channel.completeExceptionally(cause));
                EXPECTED.clear();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next process that comes along removes it.
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Of no use any more, whether closed or not.
        }
    }
}
