// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from a class file how large the code of each method is, and skips the rest: chapter 4 of the Java Virtual
 * Machine Specification, as far as needed.
 */
final class ClassFileReader {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    /** How many bytes follow the tag of a constant; 0 where there is no such tag, and for text, which tells its own. */
    private static final int[] CONSTANT_SIZES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private final ByteBuffer in;
    private int[] constants = {};

    private ClassFileReader(byte[] content) {
        this.in = ByteBuffer.wrap(content);
    }

    /**
     * Lists the methods that have code.
     *
     * @throws IOException if the content is not that of a class file; the message names the path
     */
    static List<MethodSize> methods(Path path, byte[] content) throws IOException {
        try {
            return new ClassFileReader(content).methods();
        } catch (RuntimeException damaged) {
            // Offsets and lengths are not checked, so damage shows as a position out of bounds or the like.
            throw new IOException(path + " is no class file, a damaged one, or one of a newer Java", damaged);
        }
    }

    private List<MethodSize> methods() {
        if (in.getInt() != MAGIC) {
            throw new IllegalArgumentException("expected to start with CAFEBABE");
        }
        skip(4); // the version
        readConstants();
        skip(2); // the access
        String owner = text(constants[unsignedShort()] + 1).replace('/', '.');
        skip(2); // the superclass
        skip(2 * unsignedShort()); // the interfaces
        skipFields();
        List<MethodSize> methods = new ArrayList<>();
        for (int left = unsignedShort(); left > 0; left--) {
            skip(2); // the access
            int name = constants[unsignedShort()];
            int descriptor = constants[unsignedShort()];
            int bytes = codeSize();
            if (bytes > 0) {
                methods.add(new MethodSize(bytes, owner + "." + utf8(name) + utf8(descriptor)));
            }
        }
        return methods;
    }

    /** Remembers where each constant starts. */
    private void readConstants() {
        constants = new int[unsignedShort()];
        for (int index = 1; index < constants.length; index++) {
            constants[index] = in.position();
            int tag = in.get();
            if (tag == UTF8) {
                skip(unsignedShort());
            } else if (CONSTANT_SIZES[tag] > 0) {
                skip(CONSTANT_SIZES[tag]);
            } else {
                throw new IllegalArgumentException("expected a constant, not the tag " + tag);
            }
            if (tag == LONG || tag == DOUBLE) {
                index++; // they take two places
            }
        }
    }

    private void skipFields() {
        for (int left = unsignedShort(); left > 0; left--) {
            skip(6); // access, name and descriptor
            codeSize();
        }
    }

    /** Skips the attributes of a field or method, and tells the size of the code, or 0 if there is none. */
    private int codeSize() {
        int bytes = 0;
        for (int left = unsignedShort(); left > 0; left--) {
            String name = utf8(constants[unsignedShort()]);
            int length = in.getInt();
            if (name.equals("Code")) {
                bytes = in.getInt(in.position() + 4); // behind the sizes of the stack and of the local variables
            }
            skip(length);
        }
        return bytes;
    }

    /** The text to which the index at the given position leads. */
    private String text(int position) {
        return utf8(constants[Short.toUnsignedInt(in.getShort(position))]);
    }

    private String utf8(int constant) {
        int length = Short.toUnsignedInt(in.getShort(constant + 1));
        return new String(in.array(), constant + 3, length, StandardCharsets.UTF_8);
    }

    private int unsignedShort() {
        return Short.toUnsignedInt(in.getShort());
    }

    private void skip(int bytes) {
        in.position(in.position() + bytes);
    }
}
