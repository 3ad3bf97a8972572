// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Objects that have no form of their own in {@link Wire}: the serialization of the JDK, with a length before it, a
 * bound on the arrays that a stream may ask for in all, and exceptions that say what is wrong.
 */
final class WireObjects {

    /**
     * How many elements all arrays together may have for each byte of the message, and besides: hash tables ask for up
     * to eight times the number of their entries, of at least two bytes each, or for sixteen, and everything else for
     * less than one element a byte.
     */
    private static final long ELEMENTS_PER_BYTE = 16L;

    private static final long MORE_ELEMENTS = 1024L;

    /** The message into which this thread writes an object. */
    private static final ThreadLocal<@Nullable WireBuffer> WRITING = new ThreadLocal<>();

    private WireObjects() {}

    // ---- writing ----

    static void write(@Nullable Object value, WireBuffer out) throws IOException {
        int start = out.extend(Integer.BYTES);
        WireBuffer outer = WRITING.get();
        WRITING.set(out);
        try (ObjectOutputStream stream = new ObjectOutputStream(out.asOutputStream())) {
            stream.writeObject(value);
        } catch (NotSerializableException failure) {
            throw WirePath.explain(value, failure);
        } finally {
            if (outer == null) {
                WRITING.remove();
            } else {
                WRITING.set(outer);
            }
        }
        out.setInt(start, out.end() - start - Integer.BYTES);
    }

    /** By an object that is being written: has something done if the message with it is not sent, as far as known. */
    static void ifNotSent(Runnable takeBack) {
        WireBuffer message = WRITING.get();
        if (message != null) {
            message.ifNotSent(takeBack);
        }
    }

    // ---- reading ----

    static @Nullable Object read(WireBuffer in, @Nullable ObjectInputFilter filter) throws IOException {
        int length = in.readInt();
        int start = in.skip(length);
        try (ResolvingStream stream =
                new ResolvingStream(new ByteArrayInputStream(in.array(), start, length), length, filter)) {
            return stream.readObject();
        } catch (InvalidClassException failure) {
            throw failure; // refused, or another class of that name: says which
        } catch (ClassNotFoundException failure) {
            String name = String.valueOf(failure.getMessage());
            throw cause(new InvalidClassException(name, "the class is not on the class path here"), failure);
        } catch (StreamCorruptedException failure) {
            throw failure;
        } catch (IOException failure) {
            // also EOFException, which must not be taken for the end of a pipe
            throw cause(new InvalidObjectException("an object cannot be read: " + failure), failure);
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            // its readObject or readResolve threw it, or the bytes make no sense
            throw cause(new InvalidObjectException("an object cannot be read: " + failure), failure);
        }
    }

    private static <X extends Throwable> X cause(X exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    /** Counts the elements of the arrays for which one stream asks. */
    private static final class Bound implements ObjectInputFilter {
        private long left;

        Bound(long elements) {
            this.left = elements;
        }

        @Override
        public Status checkInput(FilterInfo info) {
            long length = info.arrayLength(); // negative if it is about something else
            if (length > left) {
                return Status.REJECTED;
            }
            left -= Math.max(0L, length);
            return Status.UNDECIDED;
        }
    }

    /** Finds classes where the calling thread finds them, not where the JDK's stack search happens to end. */
    private static final class ResolvingStream extends ObjectInputStream {

        ResolvingStream(InputStream in, int length, @Nullable ObjectInputFilter filter) throws IOException {
            super(in);
            ObjectInputFilter bound = new Bound(length * ELEMENTS_PER_BYTE + MORE_ELEMENTS);
            ObjectInputFilter all = ObjectInputFilter.merge(bound, ObjectInputFilter.Config.getSerialFilter());
            setObjectInputFilter(filter == null ? all : ObjectInputFilter.merge(filter, all));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            String name = description.getName();
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            if (context != null) {
                try {
                    return Class.forName(name, false, context);
                } catch (ClassNotFoundException elsewhere) {
                    // the primitive types, and what only the application's loader has
                }
            }
            try {
                return Class.forName(name, false, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException elsewhere) {
                return super.resolveClass(description);
            }
        }
    }
}
