// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * The main class of a child JVM. Connects to the parent and runs the {@link ChildEntry} that the parent has named.
 *
 * <p>The standard input belongs to the connection; what users read from {@code System.in} is empty.
 */
final class ChildMain {

    private static volatile boolean child;

    private ChildMain() {}

    /** Called by the JVM. */
    public static void main(String[] none) throws Throwable {
        child = true;
        FileChannel input = input();
        System.setIn(InputStream.nullInputStream());
        FrameInput down = FrameInput.of(input);
        ChildHeader header = ChildHeader.decode(next(down));
        SocketChannel channel = ChannelAddress.connect(header.address());
        ByteBuffer greeting = Greeting.of(header.number(), header.secret());
        while (greeting.hasRemaining()) {
            channel.write(greeting);
        }
        Arrays.fill(greeting.array(), (byte) 0);
        Arrays.fill(header.secret(), (byte) 0);
        ByteBuffer first = next(down);
        ChildEntry entry = Class.forName(header.entry())
                .asSubclass(ChildEntry.class)
                .getDeclaredConstructor()
                .newInstance();
        entry.run(copy(first), new ChildSide(input, down, channel, header.parent()));
    }

    /** Whether this JVM is a child, whose standard input is not for its users. */
    static boolean isChild() {
        return child;
    }

    /**
     * The standard input, for us alone if that can be done: opened once more, and closed where it was. The JDK puts the
     * null device there, though only for writing: a program that inherits it fails to read, but does not hold on to the
     * life line, or read from it.
     */
    private static FileChannel input() throws IOException {
        FileInputStream inherited = new FileInputStream(FileDescriptor.in);
        if (Platform.IS_LINUX) {
            try {
                FileInputStream own = new FileInputStream("/proc/self/fd/0");
                inherited.close();
                return own.getChannel();
            } catch (FileNotFoundException e) {
                // Without /proc.
            }
        }
        return inherited.getChannel();
    }

    private static ByteBuffer next(FrameInput down) throws IOException {
        ByteBuffer frame = down.read();
        if (frame == null) {
            throw new EOFException("the parent has ended");
        }
        return frame;
    }

    /** The frame for longer than until the next one. */
    private static ByteBuffer copy(ByteBuffer frame) {
        int start = frame.arrayOffset() + frame.position();
        return ByteBuffer.wrap(Arrays.copyOfRange(frame.array(), start, start + frame.remaining()));
    }
}
