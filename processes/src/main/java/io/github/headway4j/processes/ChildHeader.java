// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a child is told before anything else, through its standard input.
 *
 * @param parent the process id of the parent
 * @param number which child it is
 * @param secret what it has to know to be let in
 * @param address where to connect
 * @param entry the class that does its work
 */
record ChildHeader(long parent, long number, byte[] secret, String address, String entry) {

    static ChildHeader of(Rendezvous.Expected expected, LaunchOptions options) {
        return new ChildHeader(
                ProcessHandle.current().pid(),
                expected.number,
                expected.secret,
                expected.address,
                options.entry().getName());
    }

    ByteBuffer encode() {
        WireBuffer out = new WireBuffer();
        out.writeLong(parent);
        out.writeLong(number);
        out.writeBytes(secret, 0, secret.length);
        out.writeString(address);
        out.writeString(entry);
        return out.asByteBuffer();
    }

    static ChildHeader decode(ByteBuffer frame) throws IOException {
        WireBuffer in = WireBuffer.wrap(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
        return new ChildHeader(
                in.readLong(), in.readLong(), in.readBytes(Greeting.SECRET), in.readString(), in.readString());
    }

    /** Neither the secret nor anything else: it could come into a log. */
    @Override
    public String toString() {
        return "ChildHeader[" + number + "]";
    }
}
