// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs tasks in a worker process. */
final class TaskRunner {

    private final ClassLoader loader = classLoader();
    private final Map<Long, Function<@Nullable Object, @Nullable Object>> functions = new HashMap<>();

    /** Functions that could not be read, as bytes: each of their chunks fails as the first one did. */
    private final Map<Long, byte[]> unread = new HashMap<>();

    private final Map<String, Function<@Nullable Object, @Nullable Object>> handlers = new HashMap<>();
    private int answerType;

    private static ClassLoader classLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoader.getSystemClassLoader() : context;
    }

    /** What type of message the answer is. */
    int answerType() {
        return answerType;
    }

    /** Does what a message says; true if there is an answer. */
    boolean run(int type, long number, WireBuffer in, WireBuffer answer) {
        switch (type) {
            case PoolMessage.FUNCTION:
                unread.put(number, Arrays.copyOf(in.array(), in.end()));
                return false;
            case PoolMessage.FORGET:
                functions.remove(number);
                unread.remove(number);
                return false;
            default:
                runTask(type, in, answer);
                cleanUp();
                return true;
        }
    }

    private void runTask(int type, WireBuffer in, WireBuffer answer) {
        int doing = RemoteFailure.LOADING;
        List<@Nullable Object> before = null;
        try {
            Object result;
            switch (type) {
                case PoolMessage.CALL: {
                    SerializableCallable<?> task = read(in, SerializableCallable.class);
                    doing = RemoteFailure.RUNNING;
                    result = task.call();
                    break;
                }
                case PoolMessage.HANDLER: {
                    Function<@Nullable Object, @Nullable Object> handler = handler(read(in, String.class));
                    Object argument = Wire.read(in, null);
                    doing = RemoteFailure.RUNNING;
                    result = handler.apply(argument);
                    break;
                }
                default: {
                    Function<@Nullable Object, @Nullable Object> function = function(in.readVarLong());
                    List<?> items = read(in, List.class);
                    before = new ArrayList<>(items.size());
                    doing = RemoteFailure.RUNNING;
                    for (Object item : items) {
                        before.add(function.apply(item));
                    }
                    result = before;
                }
            }
            doing = RemoteFailure.SAVING;
            answer.clear();
            Wire.write(result, answer);
            answerType = PoolMessage.RESULT;
        } catch (Throwable failure) { // whatever a task throws is its own failure
            RemoteFailure.write(doing, failure, doing == RemoteFailure.RUNNING ? before : null, answer);
            answerType = PoolMessage.FAILURE;
        }
    }

    private void cleanUp() {
        Thread.interrupted();
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
    }

    private static <T extends Object> T read(WireBuffer in, Class<T> type) throws Exception {
        Object read = Wire.read(in, null);
        if (!type.isInstance(read)) {
            throw new ClassCastException("expected " + type + ", read "
                    + (read == null ? null : read.getClass().getName()));
        }
        return type.cast(read);
    }

    @SuppressWarnings("unchecked")
    private Function<@Nullable Object, @Nullable Object> function(long id) throws Exception {
        Function<@Nullable Object, @Nullable Object> known = functions.get(id);
        if (known == null) {
            byte[] bytes = unread.get(id);
            if (bytes == null) {
                throw new IllegalStateException("function " + id + " is not here");
            }
            known = read(WireBuffer.wrap(bytes, 0, bytes.length), Function.class);
            functions.put(id, known);
            unread.remove(id);
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private Function<@Nullable Object, @Nullable Object> handler(String name) throws Exception {
        Function<@Nullable Object, @Nullable Object> known = handlers.get(name);
        if (known == null) {
            Constructor<?> constructor = Class.forName(name, true, loader).getDeclaredConstructor();
            constructor.setAccessible(true);
            known = (Function<@Nullable Object, @Nullable Object>) constructor.newInstance();
            handlers.put(name, known);
        }
        return known;
    }
}
