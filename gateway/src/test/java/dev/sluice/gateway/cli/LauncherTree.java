package dev.sluice.gateway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkout in miniature around the real launcher script: stand-ins for Maven and JDKs say what they were called with.
 *
 * <p>The script's search below the system's folders is redirected, so that the machine's own JDKs stay out of it.
 */
final class LauncherTree {
    static final List<String> MODULES =
            List.of("config", "quota", "executor/sandbox", "executor/dispatcher", "gateway", "benchmarks");
    /** Maven ends its output with this, also where it goes to a file. */
    static final String RESET = "\033[0m";
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    final Path checkout;
    final Map<String, String> environment = new HashMap<>();
    private final Path base;

    LauncherTree(Path base) throws IOException {
        this.base = base.toRealPath();
        this.checkout = Files.createDirectories(this.base.resolve("a checkout"));
        String script = Files.readString(Path.of("..", "sluice"))
                .replace("/usr/lib/jvm/", this.base + "/jvm/")
                .replace("/opt/", this.base + "/opt/");
        executable(checkout.resolve("sluice"), script);
        touch(checkout.resolve("pom.xml"), LONG_AGO);
        for (String module : MODULES) {
            touch(checkout.resolve(module).resolve("pom.xml"), LONG_AGO);
            touch(source(module), LONG_AGO);
        }
        try (var tree = Files.walk(checkout)) {
            for (Path folder : tree.filter(Files::isDirectory).toList()) {
                Files.setLastModifiedTime(folder, FileTime.from(LONG_AGO));
            }
        }
        environment.put("PATH", this.base.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", this.base.resolve("home").toString());
        maven("""
                cat <<'END'
                %s[INFO] Scanning for projects...
                END
                for m in %s; do mkdir -p "$m/target/lib"; touch "$m/target/sluice-x.jar"; done
                mkdir -p executor/sandbox/target/sandbox; touch executor/sandbox/target/sandbox/sandbox.jar
                """.formatted(RESET, String.join(" ", MODULES)));
    }

    /** Replaces Maven by a script that also notes how it was called. */
    void maven(String script) throws IOException {
        executable(base.resolve("bin/mvn"),
                "#!/bin/sh\necho \"mvn $* with JAVA_HOME=$JAVA_HOME\" >>'%s'\n%s".formatted(calls(), script));
    }

    private Path calls() {
        return base.resolve("calls of mvn");
    }

    Path source(String module) {
        return checkout.resolve(module).resolve("src/main/java/A.java");
    }

    Path jar(String module) {
        return checkout.resolve(module).resolve("target/sluice-x.jar");
    }

    /** A JDK that prints its own folder, its process id, the working directory and its arguments. */
    Path jdk(String folder, String version) throws IOException {
        Path home = base.resolve(folder);
        executable(home.resolve("bin/java"), "#!/bin/sh\necho \"%s\"; echo $$; pwd; for a; do echo \"$a\"; done\n"
                .formatted(home));
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** As above, with some modules. */
    Path jdk(String folder, String version, String modules) throws IOException {
        Path home = jdk(folder, version);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
        return home;
    }

    /** Puts a JDK's {@code java} into the path, as distributions do: through a link. */
    void inPath(Path jdk) throws IOException {
        Files.createSymbolicLink(base.resolve("bin/java"), jdk.resolve("bin/java"));
    }

    Run run(Path workingDirectory, Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Files.deleteIfExists(calls());
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile())
                .redirectError(base.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), process.pid(), out.lines().toList(),
                Files.readString(base.resolve("stderr")), Files.exists(calls()) ? Files.readString(calls()) : "");
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return run(checkout, checkout.resolve("sluice"), arguments);
    }

    /** Makes a file as new as anything on the disk. */
    static void edit(Path file) throws IOException {
        touch(file, Instant.now());
    }

    private static void touch(Path file, Instant time) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What one run of the script did. */
    record Run(int exitCode, long pid, List<String> out, String err, String calls) {
        String jdk() {
            return out.get(0);
        }

        boolean built() {
            return !calls.isEmpty();
        }
    }
}
