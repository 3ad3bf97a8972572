// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Mutex;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** What the guide says of holds under a compiler that warns of everything. */
final class LintTest {

    @TempDir
    Path classes;

    @Test
    void hold_underAllWarnings_isRefused() throws Exception {
        assertThat(compile("-Xlint:all", "", "held")).contains("[try]");
    }

    @Test
    void hold_withoutTheWarning_compiles() throws Exception {
        assertThat(compile("-Xlint:all,-try", "", "held")).isEmpty();
    }

    @Test
    void hold_withTheAnnotation_compiles() throws Exception {
        assertThat(compile("-Xlint:all", "@SuppressWarnings(\"try\")", "held")).isEmpty();
    }

    @Test
    @EnabledForJreRange(minVersion = 22)
    void hold_withoutAName_compiles() throws Exception {
        assertThat(compile("-Xlint:all", "", "_")).isEmpty();
    }

    /** What the compiler has to say, which is an error each time. */
    private String compile(String lint, String annotation, String name) throws Exception {
        String source = """
                import io.github.headway4j.primitives.Mutex;

                final class Sample {
                    private final Mutex lock = new Mutex();
                    private long cents;

                    %s
                    void deposit(long amount) {
                        try (var %s = lock.hold()) {
                            cents += amount;
                        }
                    }
                }
                """.formatted(annotation, name);
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        String path = Path.of(Mutex.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        List<String> options = List.of(lint, "-Werror", "-proc:none", "-classpath", path, "-d", classes.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        boolean done = compiler.getTask(output, null, null, options, null, List.of(file))
                .call();
        assertThat(done).as("%s", output).isEqualTo(output.toString().isEmpty());
        return output.toString();
    }
}
