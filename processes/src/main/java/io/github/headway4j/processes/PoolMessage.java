// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** The types of the messages between a pool and a worker. */
final class PoolMessage {

    // ---- down; tasks have their number in the worker's window ----

    /** A task: an object that is called. */
    static final int CALL = 1;

    /** A task: the name of a class and an argument. */
    static final int HANDLER = 2;

    /** A task: the id of a function and a list of items. */
    static final int CHUNK = 3;

    /** A function that is to be kept under the id which is the message's number. */
    static final int FUNCTION = 4;

    /** The function of that id is not needed any more. */
    static final int FORGET = 5;

    // ---- both ways ----

    /** The first part of what the next message that is no part goes on with. */
    static final int PART = 16;

    // ---- up ----

    /** The worker is ready. */
    static final int READY = 32;

    /** The worker will not be ready, with a {@link RemoteFailure}. */
    static final int NOT_READY = 33;

    /** There is room for messages down again. */
    static final int ROOM = 34;

    /** The result of the task with the message's number. */
    static final int RESULT = 35;

    /** The {@link RemoteFailure} of the task with the message's number. */
    static final int FAILURE = 36;

    private PoolMessage() {}
}
