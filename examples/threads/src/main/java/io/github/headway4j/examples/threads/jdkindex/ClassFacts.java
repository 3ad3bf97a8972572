// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import java.util.Optional;

/**
 * What the index keeps of one class file.
 *
 * @param binaryName the name as the class file has it, with slashes: {@code java/util/Map$Entry}
 * @param simpleName the name as the source has it: {@code Entry}; empty for anonymous classes and for files that
 *     describe a module or a package instead of a class
 * @param kind what the file describes
 * @param isPublic whether the class is public
 * @param methods how many methods it has, constructors and compiler-made ones included
 */
record ClassFacts(String binaryName, Optional<String> simpleName, Kind kind, boolean isPublic, int methods) {

    /** What a class file describes. */
    enum Kind {
        /** A class, an enum or a record. */
        CLASS,
        /** An interface. */
        INTERFACE,
        /** An annotation type. */
        ANNOTATION,
        /** The annotations of a package: {@code package-info.class}. */
        PACKAGE_INFO,
        /** A module: {@code module-info.class}. */
        MODULE_INFO;

        boolean isType() {
            return this != PACKAGE_INFO && this != MODULE_INFO;
        }
    }

    /** The name with dots instead of slashes: {@code java.util.Map$Entry}. */
    String className() {
        return binaryName.replace('/', '.');
    }

    /** The package with dots: {@code java.util}; empty for the unnamed package. */
    String packageName() {
        int slash = binaryName.lastIndexOf('/');
        return slash < 0 ? "" : binaryName.substring(0, slash).replace('/', '.');
    }
}
