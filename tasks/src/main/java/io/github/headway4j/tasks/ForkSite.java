// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.Arrays;

/** Where a subtask was forked: the stack of that moment, made readable only if the subtask fails. Never thrown. */
final class ForkSite extends Throwable {

    private static final long serialVersionUID = 1L;

    /** The name of the method, of {@link TaskScope} or {@link Tasks}, in which every such stack begins. */
    private static final String METHOD = "forked";

    ForkSite() {
        super(null, null, false, true);
    }

    /** The frames from {@link #METHOD} down. */
    StackTraceElement[] frames() {
        StackTraceElement[] all = getStackTrace();
        for (int i = 0; i < all.length; i++) {
            if (begins(all[i])) {
                return Arrays.copyOfRange(all, i, all.length);
            }
        }
        return all;
    }

    /** Whether such a stack begins with this frame. */
    static boolean begins(StackTraceElement frame) {
        return frame.getMethodName().equals(METHOD)
                && (frame.getClassName().equals(TaskScope.class.getName())
                        || frame.getClassName().equals(Tasks.class.getName()));
    }
}
