// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that a child sends on its channel: which child it is, and that it knows the secret which only it was
 * told, through its standard input. Always of the same length.
 */
final class Greeting {

    /** Eight letters and the version of what follows: children of another build do not pass. */
    private static final long MAGIC = 0x4845_4144_5741_5901L; // "HEADWAY", 1

    static final int SECRET = 32;
    static final int LENGTH = 2 * Long.BYTES + SECRET;

    private Greeting() {}

    /** A new secret. */
    static byte[] newSecret() {
        byte[] secret = new byte[SECRET];
        Randomness.SOURCE.nextBytes(secret);
        return secret;
    }

    /** The greeting of a child, ready to be sent. */
    static ByteBuffer of(long number, byte[] secret) {
        return ByteBuffer.allocate(LENGTH)
                .putLong(MAGIC)
                .putLong(number)
                .put(secret, 0, SECRET)
                .flip();
    }

    /** The number in a greeting, or a negative one if it is none. */
    static long numberOf(ByteBuffer greeting) {
        return greeting.getLong(0) == MAGIC ? greeting.getLong(Long.BYTES) : -1L;
    }

    /** Whether the greeting has the secret; takes as long wherever they differ. */
    static boolean isGenuine(ByteBuffer greeting, byte @Nullable [] secret) {
        byte[] sent = new byte[SECRET];
        greeting.get(2 * Long.BYTES, sent);
        return secret != null && MessageDigest.isEqual(sent, secret);
    }

    /** Made when the first secret is, not in children. */
    private static final class Randomness {
        static final SecureRandom SOURCE = new SecureRandom();
    }
}
