// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds class files and reads them. */
public final class ClassFiles {

    private static final int MAGIC = 0xCAFEBABE;

    private ClassFiles() {}

    /**
     * Tells where the classes of the running JDK are.
     *
     * @return a folder with one folder per module
     */
    public static Path ofThisJdk() {
        return FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    }

    /**
     * Tells where the classes of one module of the running JDK are.
     *
     * @param module the name of the module, for example {@code java.sql}
     * @return the folder of the module
     */
    public static Path ofModule(String module) {
        return ofThisJdk().resolve(module);
    }

    /**
     * Lists class files.
     *
     * @param folder where to look
     * @return the class files in the folder and the folders below it, sorted
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> under(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /**
     * Takes from a class file what the index wants to know.
     *
     * @param path where the content is from, for the message of the exception
     * @param content the content of the class file
     * @return the facts
     * @throws BadClassFileException if the content is not that of a class file
     */
    static ClassFacts parse(Path path, byte[] content) throws BadClassFileException {
        if (content.length < Integer.BYTES || ByteBuffer.wrap(content).getInt() != MAGIC) {
            throw new BadClassFileException(path);
        }
        try {
            FactsVisitor visitor = new FactsVisitor();
            new ClassReader(content)
                    .accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return visitor.facts();
        } catch (RuntimeException damaged) {
            // The reader does not check offsets and lengths, so damage shows as an index out of bounds or the like.
            throw new BadClassFileException(path, damaged);
        }
    }

    private static final class FactsVisitor extends ClassVisitor {

        private String binaryName = "";
        private int access;
        private Optional<String> simpleName = Optional.empty();
        private int methods;

        FactsVisitor() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            this.binaryName = name;
            this.access = access;
            this.simpleName = Optional.of(name.substring(name.lastIndexOf('/') + 1));
        }

        /** Every class inside another one names itself here, with its real simple name if it has one. */
        @Override
        public void visitInnerClass(String name, String outerName, String innerName, int access) {
            if (name.equals(binaryName)) {
                simpleName = Optional.ofNullable(innerName);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            methods++;
            return null;
        }

        ClassFacts facts() {
            ClassFacts.Kind kind = kind();
            return new ClassFacts(
                    binaryName,
                    kind.isType() ? simpleName : Optional.empty(),
                    kind,
                    (access & Opcodes.ACC_PUBLIC) != 0,
                    methods);
        }

        private ClassFacts.Kind kind() {
            if ((access & Opcodes.ACC_MODULE) != 0) {
                return ClassFacts.Kind.MODULE_INFO;
            }
            if (binaryName.endsWith("package-info")) {
                return ClassFacts.Kind.PACKAGE_INFO;
            }
            if ((access & Opcodes.ACC_ANNOTATION) != 0) {
                return ClassFacts.Kind.ANNOTATION;
            }
            return (access & Opcodes.ACC_INTERFACE) != 0 ? ClassFacts.Kind.INTERFACE : ClassFacts.Kind.CLASS;
        }
    }
}
