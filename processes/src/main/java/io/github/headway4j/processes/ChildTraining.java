// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A child whose classes go into the {@link ChildArchive}: does once what others do, and ends. */
final class ChildTraining implements ChildEntry {

    /** What children use, in one way or another. */
    private static final List<Class<?>> USUAL =
            List.of(ChildTask.class, ChildFailure.class, PoolServer.class, SharedRing.class, SharedLock.class);

    /** What the parent sends: a target that captures something. */
    static byte[] first() throws IOException {
        String captured = "captured";
        List<Integer> numbers = List.of(1, 2, 3);
        SerializableRunnable target = () -> new StringBuilder(captured).append(numbers);
        ByteBuffer frame = ChildTask.encode(new ChildIdentity("archive", "0", true), target);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    @Override
    public void run(ByteBuffer first, ParentLink parent) throws Throwable {
        for (Class<?> type : USUAL) {
            Class.forName(type.getName());
        }
        SerializableFunction<Integer, Integer> doubled = number -> 2 * number;
        WireBuffer buffer = new WireBuffer();
        Wire.write(doubled, buffer);
        Wire.write(List.of(1, 2, 3), buffer);
        if (Wire.read(buffer, null) instanceof SerializableFunction<?, ?>) {
            new ChildTask().run(first, parent);
        }
    }
}
