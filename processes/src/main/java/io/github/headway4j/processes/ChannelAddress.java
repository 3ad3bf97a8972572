// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a parent waits for its children to connect: a Unix-domain socket in a private directory, or a port of the
 * loopback interface where the system has no such sockets or the path is too long for one. As text it is
 * {@code unix:PATH} or {@code tcp:PORT}.
 */
final class ChannelAddress {

    /** The longest path that every system takes for a socket, in bytes: 104 with the zero at its end on some. */
    static final int LONGEST_PATH = 100;

    private static final String UNIX = "unix:";
    private static final String TCP = "tcp:";

    private ChannelAddress() {}

    static String of(Path socket) {
        return UNIX + socket;
    }

    static String ofPort(int port) {
        return TCP + port;
    }

    /** Whether a socket may have that path. */
    static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** A channel in blocking mode to the given address. */
    static SocketChannel connect(String address) throws IOException {
        boolean unix = address.startsWith(UNIX);
        SocketAddress target = unix
                ? UnixDomainSocketAddress.of(address.substring(UNIX.length()))
                : new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(TCP.length())));
        SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.connect(target);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
        return channel;
    }
}
