// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The child's side of a {@link ChildProcess}: reads what it is to do, tells the parent whether that has worked, lets go
 * of the way up, and does it.
 */
final class ChildTask implements ChildEntry {

    /** The answer to the parent: the task begins. A failure follows on anything else. */
    static final byte READY = 0;

    static final byte FAILED = 1;

    /** What can be done. */
    @FunctionalInterface
    private interface Task {
        void run() throws Throwable;
    }

    /** What the parent sends of an object. */
    static ByteBuffer encode(ChildIdentity identity, SerializableRunnable target) throws IOException {
        WireBuffer out = new WireBuffer();
        identity.write(out);
        out.writeByte(0);
        Wire.write(target, out);
        return out.asByteBuffer();
    }

    /** What the parent sends of a main class. */
    static ByteBuffer encode(ChildIdentity identity, String mainClass, List<String> arguments) {
        WireBuffer out = new WireBuffer();
        identity.write(out);
        out.writeByte(1);
        out.writeString(mainClass);
        out.writeVarInt(arguments.size());
        for (String argument : arguments) {
            out.writeString(argument);
        }
        return out.asByteBuffer();
    }

    @Override
    public void run(ByteBuffer first, ParentLink parent) throws Throwable {
        parent.listen(frame -> {});
        Task task;
        try {
            task = decode(WireBuffer.wrap(first.array(), first.position(), first.remaining()));
        } catch (Throwable e) {
            try {
                WireBuffer failure = new WireBuffer();
                ChildFailure.write(e, failure);
                parent.up().send(answer(FAILED, failure));
            } finally {
                parent.closeUp();
                System.exit(1);
            }
            return;
        }
        parent.up().send(answer(READY, new WireBuffer()));
        parent.closeUp();
        task.run();
    }

    private static ByteBuffer answer(byte kind, WireBuffer content) {
        ByteBuffer rest = content.asByteBuffer();
        return ByteBuffer.allocate(1 + rest.remaining()).put(kind).put(rest).flip();
    }

    private static Task decode(WireBuffer in) throws IOException, ReflectiveOperationException {
        ChildIdentity.become(ChildIdentity.read(in));
        if (in.readByte() == 0) {
            Object target = Wire.read(in, null);
            if (target == null) {
                throw new IOException("no target");
            }
            return ((Runnable) target)::run;
        }
        MethodHandle main = mainMethod(in.readString());
        String[] arguments = new String[in.readVarInt()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = in.readString();
        }
        return () -> main.invoke(arguments);
    }

    private static MethodHandle mainMethod(String className) throws ReflectiveOperationException {
        Class<?> type = Class.forName(className, true, ClassLoader.getSystemClassLoader());
        Method main = type.getMethod("main", String[].class);
        if (!Modifier.isStatic(main.getModifiers()) || main.getReturnType() != void.class) {
            throw new NoSuchMethodException(className + ".main(String[]) is not static and void");
        }
        main.setAccessible(true); // the class need not be public; says what to open where a module is in the way
        return MethodHandles.lookup().unreflect(main);
    }
}
