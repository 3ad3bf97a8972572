// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * Keeps the state of a {@link BarrierEra} on cache lines of its own: parties that spin on it read other fields in
 * between. The virtual machine lays out the fields of a superclass before those of its subclasses.
 */
@SuppressWarnings("UnusedVariable")
abstract class BarrierEraLayout {

    private BarrierEraLayout() {}

    /** 128 bytes: two lines, since processors fetch pairs of them. */
    abstract static class Before extends Gate {
        long b1;
        long b2;
        long b3;
        long b4;
        long b5;
        long b6;
        long b7;
        long b8;
        long b9;
        long b10;
        long b11;
        long b12;
        long b13;
        long b14;
        long b15;
        long b16;
    }

    /** What threads write. */
    abstract static class State extends Before {
        volatile long state;
    }

    /** Again 128 bytes. */
    abstract static class After extends State {
        long a1;
        long a2;
        long a3;
        long a4;
        long a5;
        long a6;
        long a7;
        long a8;
        long a9;
        long a10;
        long a11;
        long a12;
        long a13;
        long a14;
        long a15;
        long a16;
    }
}
