// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of this JVM that a child needs to see the same classes behave in the same way: what opens and adds
 * modules, assertions, preview features. Heap sizes, properties, agents and ports are not among them: they are the
 * parent's own, and some could not be used twice.
 */
final class InheritedOptions {

    private static final List<String> BEGINNINGS = List.of(
            "--add-opens=",
            "--add-exports=",
            "--add-reads=",
            "--add-modules=",
            "--limit-modules=",
            "--patch-module=",
            "--enable-native-access=",
            "--illegal-native-access=",
            "--illegal-final-field-mutation=",
            "--enable-final-field-mutation=",
            "--sun-misc-unsafe-memory-access=",
            "--enable-preview",
            "-ea",
            "-da",
            "-esa",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions",
            "-Dfile.encoding=",
            "-Dsun.jnu.encoding=",
            "-Duser.language=",
            "-Duser.country=",
            "-Duser.timezone=");

    private InheritedOptions() {}

    /** Those of this JVM, looked up once; none in a run-time image without the module {@code java.management}. */
    static List<String> get() {
        return Lookup.OPTIONS;
    }

    static List<String> among(List<String> arguments) {
        List<String> inherited = new ArrayList<>();
        for (String argument : arguments) {
            if (BEGINNINGS.stream().anyMatch(argument::startsWith)) {
                inherited.add(argument);
            }
        }
        return inherited;
    }

    private static final class Lookup {
        static final List<String> OPTIONS = CommandLine.hasNone(BEGINNINGS) ? List.of() : among(arguments());

        /** By reflection, so that the module is not needed. */
        private static List<String> arguments() {
            List<String> arguments = new ArrayList<>();
            try {
                Class<?> beanType = Class.forName("java.lang.management.RuntimeMXBean");
                MethodHandle bean = MethodHandles.publicLookup()
                        .findStatic(
                                Class.forName("java.lang.management.ManagementFactory"),
                                "getRuntimeMXBean",
                                MethodType.methodType(beanType));
                MethodHandle get = MethodHandles.publicLookup()
                        .findVirtual(beanType, "getInputArguments", MethodType.methodType(List.class));
                for (Object argument : (List<?>) get.invoke(bean.invoke())) {
                    arguments.add(String.valueOf(argument));
                }
            } catch (Throwable e) {
                arguments.clear(); // no such module in this image
            }
            return arguments;
        }
    }
}
