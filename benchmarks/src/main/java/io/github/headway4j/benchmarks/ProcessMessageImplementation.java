// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.ProcessQueue;
import io.github.headway4j.queues.QueueShutdownException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can carry messages from one JVM to another. */
public enum ProcessMessageImplementation {
    HEADWAY {
        @Override
        Line start() throws IOException, InterruptedException {
            ProcessQueue<byte[]> queue = ProcessQueue.create(CAPACITY);
            ChildProcess child = ChildProcess.start(() -> takeAll(queue));
            return new Line() {
                @Override
                public void send(byte[] message) throws InterruptedException {
                    queue.put(message);
                }

                @Override
                public void awaitArrival() throws InterruptedException {
                    queue.join();
                }

                @Override
                public void close() throws InterruptedException {
                    queue.shutdown();
                    child.join();
                    queue.close();
                }
            };
        }
    },
    /** Each message is a write and a read of the channel, as each has to be for a peer that is to have it at once. */
    UNIX_SOCKET {
        @Override
        Line start() throws IOException, InterruptedException {
            Path directory = Files.createTempDirectory("messages");
            Path path = directory.resolve("socket");
            String name = path.toString();
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path));
                ChildProcess child = ChildProcess.start(() -> readAll(name));
                SocketChannel channel = server.accept();
                return new SocketLine(channel, child, directory);
            } finally {
                Files.deleteIfExists(path);
            }
        }
    };

    /** Room for a tenth of a millisecond of messages or more. */
    private static final int CAPACITY = 4096;

    /** The way to a process that takes what is sent. */
    interface Line extends AutoCloseable {
        void send(byte[] message) throws IOException, InterruptedException;

        /** Waits until the other process has all. */
        void awaitArrival() throws IOException, InterruptedException;

        @Override
        void close() throws IOException, InterruptedException;
    }

    abstract Line start() throws IOException, InterruptedException;

    private static void takeAll(ProcessQueue<byte[]> queue) {
        try {
            for (; ; ) {
                for (int i = 0; i < ProcessMessageBenchmark.MESSAGES; i++) {
                    if (queue.take().length != ProcessMessageBenchmark.BYTES) {
                        throw new IllegalStateException("a message of another length");
                    }
                }
                queue.taskDone(ProcessMessageBenchmark.MESSAGES);
            }
        } catch (QueueShutdownException end) {
            queue.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readAll(String path) {
        ByteBuffer message = ByteBuffer.allocateDirect(ProcessMessageBenchmark.BYTES);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            for (; ; ) {
                for (int i = 0; i < ProcessMessageBenchmark.MESSAGES; i++) {
                    fill(message.clear(), channel);
                }
                channel.write(message.clear().limit(1));
            }
        } catch (EOFException end) {
            // the other side has closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(ByteBuffer buffer, ByteChannel channel) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
    }

    private static final class SocketLine implements Line {
        private final SocketChannel channel;
        private final ChildProcess child;
        private final Path directory;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(ProcessMessageBenchmark.BYTES);

        SocketLine(SocketChannel channel, ChildProcess child, Path directory) {
            this.channel = channel;
            this.child = child;
            this.directory = directory;
        }

        @Override
        public void send(byte[] message) throws IOException {
            buffer.clear().put(message).flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void awaitArrival() throws IOException {
            fill(buffer.clear().limit(1), channel);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            channel.close();
            child.join();
            Files.deleteIfExists(directory);
        }
    }
}
